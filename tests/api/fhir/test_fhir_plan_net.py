"""Every search that Inferno tests of Plan-Net, run over the guide's own examples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from fhir_standards import PLAN_NET, examples, inferno, inferno_json
from twins.fhir_twin import codes, fits, strings, values

Json = dict[str, Any]
BY_TYPE: dict[str, list[Json]] = {}
for _one in examples():
    BY_TYPE.setdefault(_one["resourceType"], []).append(_one)
BY_REFERENCE = {f"{kind}/{one['id']}": one for kind, held in BY_TYPE.items() for one in held}


def searches() -> Iterator[tuple[str, str]]:
    for profile, data in inferno().items():
        for search in data["searches"]:
            yield profile, search["names"][0]


def asked_of(resource: Json, definition: Json) -> list[str]:
    """Values to search for so that this resource is found."""
    held = [v for path in definition["full_paths"] for v in values(resource, path)]
    if definition["type"] == "Reference":
        return [v["reference"] for v in held if "reference" in v]
    if definition["type"] in ("string", "Address", "HumanName"):
        return [t for v in held for t in strings(v)]
    return [c for v in held for c in sorted(codes(v)) if not c.startswith("|")]


def escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace(",", "\\,")


@pytest.mark.parametrize(("profile", "name"), list(searches()))
def test_each_search_finds_what_a_plain_look_finds(profile: str, name: str, ids) -> None:
    data = inferno()[profile]
    kind, definition = data["resource"], data["search_definitions"][name]
    paths, type_ = definition["full_paths"], definition["type"]
    asked = {value for one in BY_TYPE[kind] for value in asked_of(one, definition)}
    for value in sorted(asked):
        found = set(ids(f"{kind}?{urlencode({name: escaped(value)})}"))
        plain = {one["id"] for one in BY_TYPE[kind] if _fits(one, paths, type_, value)}
        assert plain
        assert plain <= found
        assert found & {one["id"] for one in BY_TYPE[kind]} == plain


def _fits(one: Json, paths: list[str], type_: str, value: str) -> bool:
    if "lastUpdated" in paths[0]:
        return bool(one["meta"]["lastUpdated"] == value)
    held = [v for path in paths for v in values(one, path)]
    if type_ in ("string", "Address", "HumanName"):
        return any(t.casefold().startswith(value.casefold()) for v in held for t in strings(v))
    return fits(one, paths, type_, value)


def chains() -> Iterator[tuple[str, str, str]]:
    for profile, data in inferno().items():
        for name, definition in data["search_definitions"].items():
            for chain in definition.get("chain") or ():
                yield profile, name, chain["chain"]


@pytest.mark.parametrize(("profile", "name", "inner"), list(chains()))
def test_each_chain_is_two_searches(profile: str, name: str, inner: str, ids) -> None:
    data = inferno()[profile]
    kind, definition = data["resource"], data["search_definitions"][name]
    target = definition["target"]
    there = next(d for d in inferno().values() if d["resource"] == target)["search_definitions"][
        inner
    ]
    referred = {v["reference"] for one in BY_TYPE[kind] for p in definition["full_paths"]
                for v in values(one, p) if "reference" in v}  # fmt: skip
    targets = [BY_REFERENCE[r] for r in sorted(referred) if r in BY_REFERENCE]
    asked = {v for one in targets for v in asked_of(one, there)}
    for value in sorted(asked)[:12]:
        leading = [f"{target}/{i}" for i in ids(f"{target}?{urlencode({inner: escaped(value)})}")]
        found = ids(f"{kind}?{urlencode({f'{name}.{inner}': escaped(value)})}")
        typed = ids(f"{kind}?{urlencode({f'{name}:{target}.{inner}': escaped(value)})}")
        some = [r for r in leading if r in BY_REFERENCE] or leading
        both = ids(f"{kind}?{urlencode({name: ','.join(some)})}")
        assert found == typed
        ours = {one["id"] for one in BY_TYPE[kind]}
        assert set(found) & ours == set(both) & ours != set()


def includes(key: str) -> Iterator[tuple[str, str]]:
    for profile, data in inferno().items():
        yield from ((profile, one) for one in data[key] or ())


@pytest.mark.parametrize(("profile", "include"), list(includes("include_params")))
def test_each_include_brings_what_the_page_refers_to(profile: str, include: str, get) -> None:
    data = inferno()[profile]
    kind, name = data["resource"], include.partition(":")[2]
    paths = data["search_definitions"][name]["full_paths"]
    wanted = ",".join(one["id"] for one in BY_TYPE[kind])
    bundle = get(f"{kind}?_id={wanted}&_include={include}&_count=200")
    refers = {v["reference"] for one in BY_TYPE[kind] for p in paths for v in values(one, p)}
    brought = {f"{e['resource']['resourceType']}/{e['resource']['id']}" for e in bundle["entry"]}
    assert refers & set(BY_REFERENCE) <= brought
    extra = {e["resource"]["id"] for e in bundle["entry"] if e["search"]["mode"] == "include"}
    assert extra <= {r.rpartition("/")[2] for r in refers}
    assert bundle["total"] == len(BY_TYPE[kind])


@pytest.mark.parametrize(("profile", "include"), list(includes("revincludes")))
def test_each_reverse_include_brings_what_refers_to_the_page(
    profile: str, include: str, get
) -> None:
    kind = inferno()[profile]["resource"]
    source, _, name = include.partition(":")
    theirs = next(d for d in inferno().values() if d["resource"] == source)
    paths = theirs["search_definitions"][name]["full_paths"]
    wanted = ",".join(one["id"] for one in BY_TYPE[kind])
    bundle = get(f"{kind}?_id={wanted}&_revinclude={include}&_count=200")
    extra = {e["resource"]["id"] for e in bundle["entry"] if e["search"]["mode"] == "include"}
    here = {f"{kind}/{one['id']}" for one in BY_TYPE[kind]}
    refer = {one["id"] for one in BY_TYPE[source] for p in paths for v in values(one, p)
             if v.get("reference") in here}  # fmt: skip
    assert extra == refer
    assert refer or include == "Endpoint:organization"  # no example's Endpoint names one


def test_each_reverse_chain_of_the_test_kit_finds_something(ids) -> None:
    tried = 0
    for profile, chains_ in inferno_json("reverse-chains").items():
        kind = "Organization" if profile == "Network" else profile
        for chain in chains_:
            source, target, by = (
                chain["source_resource"],
                chain["target_param"],
                chain["constraining_param"],
            )
            theirs = next(d for d in inferno().values() if d["resource"] == source)[
                "search_definitions"
            ]
            for one in BY_TYPE[source]:
                leads = {v["reference"] for p in theirs[target]["full_paths"] for v in values(one, p)
                         if "reference" in v and v["reference"].startswith(f"{kind}/")}  # fmt: skip
                for value in asked_of(one, theirs[by])[:1] if leads else ():
                    found = ids(f"{kind}?_has:{source}:{target}:{by}={quote(value)}")
                    assert {r.rpartition("/")[2] for r in leads} & set(found)
                    tried += 1
    assert tried > 20


def test_the_combinations_of_the_test_kit(ids, get) -> None:
    """Clinicians of a specialty at a location; services of a specialty in a network."""
    asked_for = {"practitioner", "specialty", "location"}
    role = next(r for r in BY_TYPE["PractitionerRole"] if asked_for <= r.keys())
    specialty, location = role["specialty"][0]["coding"][0], role["location"][0]["reference"]
    asked = {"specialty": f"{specialty['system']}|{specialty['code']}", "location": location}
    bundle = get(f"PractitionerRole?{urlencode(asked)}&_include=PractitionerRole:practitioner")
    assert role["id"] in [e["resource"]["id"] for e in bundle["entry"]]
    assert role["practitioner"]["reference"] in [
        f"{e['resource']['resourceType']}/{e['resource']['id']}" for e in bundle["entry"]
    ]
    for affiliation in BY_TYPE["OrganizationAffiliation"]:
        for service in affiliation.get("healthcareService", ()):
            one = BY_REFERENCE[service["reference"]]
            code = one["specialty"][0]["coding"][0]["code"]
            network = affiliation["network"][0]["reference"]
            found = ids(
                f"HealthcareService?specialty={code}&_has:OrganizationAffiliation:service:network={network}"
            )
            assert one["id"] in found


def test_the_statement_instantiates_the_guide_and_leaves_nothing_out(get) -> None:
    from fhir_standards import plan_net

    ours = get("metadata")
    guide = plan_net()[f"{PLAN_NET}/CapabilityStatement/plan-net"]
    assert guide["url"] in ours["instantiates"]
    here = {r["type"]: r for r in ours["rest"][0]["resource"]}
    for theirs in guide["rest"][0]["resource"]:
        mine = here[theirs["type"]]
        assert set(theirs["supportedProfile"]) <= set(mine["supportedProfile"])
        assert {i["code"] for i in theirs["interaction"]} <= {
            i["code"] for i in mine["interaction"]
        }
        assert set(theirs.get("searchInclude", ())) <= set(mine.get("searchInclude", ()))
        assert set(theirs.get("searchRevInclude", ())) <= set(mine.get("searchRevInclude", ()))
        names = {p["name"]: p for p in mine["searchParam"]}
        for parameter in theirs["searchParam"]:
            said = names[parameter["name"]]
            assert said["type"] == parameter["type"]
            if not parameter["name"].startswith("_"):
                assert said["definition"] == plan_net()[said["definition"]]["url"]
