"""What Flask-Security says, in our words."""

WRONG = "That email address and password, or code, do not go together. Check both, or ask for a new code."
MESSAGES = {
    "GENERIC_AUTHN_FAILED": (WRONG, "error"),
    "US_SPECIFY_IDENTITY": (WRONG, "error"),
    "INVALID_PASSWORD_CODE": ("That is not your password, nor a code that works now.", "error"),
    "INVALID_PASSWORD": ("That is not your password now.", "error"),
    "DISABLED_ACCOUNT": (WRONG, "error"),
    "UNAUTHENTICATED": ("Sign in to see that page.", "info"),
    "LOGIN": ("Sign in to see that page.", "info"),
    "REAUTHENTICATION_REQUIRED": ("To keep your account safe, show once more that it is you.", "info"),
    "REAUTHENTICATION_SUCCESSFUL": ("Thank you.", "success"),
    "ANONYMOUS_USER_REQUIRED": ("You are signed in already.", "info"),
    "EMAIL_NOT_PROVIDED": ("Enter your email address.", "error"),
    "INVALID_EMAIL_ADDRESS": ("Enter an email address like name@example.org.", "error"),
    "PASSWORD_RESET_REQUEST": (
        "If that address has an account, a mail is on its way with a link that works for an hour.",
        "success",
    ),
    "GENERIC_RECOVERY": ("If that address has an account, a mail is on its way.", "success"),
    "INVALID_RESET_PASSWORD_TOKEN": (
        "That link has been used, or is not complete. Ask for a new one here.",
        "error",
    ),
    "PASSWORD_RESET_EXPIRED": ("That link was good for an hour only. Ask for a new one here.", "error"),
    "PASSWORD_RESET_NO_LOGIN": ("Your new password is set. Sign in with it.", "success"),
    "PASSWORD_CHANGE": ("Your password is set, and your other devices are signed out.", "success"),
    "PASSWORD_NOT_PROVIDED": ("Enter a password.", "error"),
    "PASSWORD_INVALID_LENGTH": (
        "A password needs at least %(length)s characters. Three words do well.",
        "error",
    ),
    "PASSWORD_IS_THE_SAME": ("The new password must differ from the old one.", "error"),
    "RETYPE_PASSWORD_MISMATCH": ("The two passwords are not the same. Enter the new one twice.", "error"),
    "TWO_FACTOR_INVALID_TOKEN": (
        "That code is not right, or its time is over. Enter the one shown now.",
        "error",
    ),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": ("You are signed in.", "success"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (
        "Your authenticator app is set up. Keep some recovery codes too, for the day it is lost.",
        "success",
    ),
    "TWO_FACTOR_PERMISSION_DENIED": ("Begin again by signing in.", "error"),
    "TWO_FACTOR_DISABLED": ("Signing in no longer asks for your authenticator app.", "success"),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": ("Choose one of the buttons.", "error"),
    "INVALID_RECOVERY_CODE": ("That is not one of your recovery codes, or it has been used.", "error"),
    "NO_RECOVERY_CODES_SETUP": ("You have no recovery codes yet.", "info"),
    "FAILED_TO_SEND_CODE": ("The code could not be sent. Try again in a few minutes.", "error"),
}
