import pytest,time,sys
from consult.reports.building import pack
from tests.reports import scene
def test_x(working):
    with working("ash"):
        t=time.time(); made,snap=scene.snapshot(int(__import__("os").environ.get("N","60"))); print("made",time.time()-t)
        for public in (False,True):
            t=time.time(); p=pack(made,snap,public); print("pack",time.time()-t,{k:len(v) for k,v in p.items()})
            import pathlib; d=pathlib.Path(f"/tmp/rep/pack{int(public)}"); d.mkdir(exist_ok=True)
            for k,v in p.items(): (d/k).write_bytes(v)
            from consult.reports.verifying import differences
            print(differences(d)[:5])
            t=time.time(); q=pack(made,snap,public); print([k for k in p if p[k]!=q[k]],time.time()-t)
    import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss/1024)
