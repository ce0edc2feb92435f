// The parts of govuk-frontend that our pages use; the others would only be weight on a phone.
import {
  createAll,
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, ServiceNavigation, SkipLink,
} from "govuk-frontend";

const USED = [Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, ServiceNavigation, SkipLink];

export function startComponents() {
  for (const component of USED) createAll(component);
}
