"""The pure work on workflow files."""

import copy
import hashlib
import hmac
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from capecontrol.core.problems import Invalid
from capecontrol.features.workflows.actions.receive_callback import signature_holds
from capecontrol.features.workflows.definition.callback import CALLBACK, RESULT
from capecontrol.features.workflows.definition.deployable import Deployment, make_deployable
from capecontrol.features.workflows.definition.graph import WEBHOOK, JsonObject, links_of, name_of, nodes_of, of_type
from capecontrol.features.workflows.definition.literals import ParameterType, literals_of
from capecontrol.features.workflows.definition.parameters import Parameter, complaint_about, resolve_values
from capecontrol.features.workflows.definition.pointer import replaced
from capecontrol.features.workflows.definition.reading import read_file
from capecontrol.features.workflows.lifecycle import end_of
from tests.adapters.n8n.samples import chain, fields, node, post, webhook
from tests.features.workflows.conftest import workflow_file

DEPLOYMENT = Deployment("PRJ-2026-001 x [abc]", "cc-random", "https://cape.example/api/webhooks/n8n/1", "s3cret")
SAMPLE = Path(__file__).parents[4] / "docs" / "guides" / "samples" / "n8n-lead-capture.json"

JSON: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def position(definition: JsonObject, name: str) -> float:
    (found,) = [entry for entry in nodes_of(definition) if name_of(entry) == name]
    where = found["position"]
    assert isinstance(where, list)
    return float(str(where[1]))


#: What JSON tools do not agree on.
UNSOUND: list[JsonValue] = [float("nan"), float("inf"), 2**70, "a\x00b", "\ud800"]


def sound(value: JsonValue) -> bool:
    """Tell whether no part of a value is one of those, or of their kind."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        text.encode()
    except ValueError:
        return False
    return "\\u0000" not in text and not re.search(r"\d{19}", text)


def assert_deployable(read: JsonObject) -> None:
    """What was read is read again as it is, and can be sent to an engine."""
    assert read_file(read) == read
    assert all(replaced(read, {one.pointer: "x"}) for one in literals_of(read))
    made = make_deployable(read, [], {}, DEPLOYMENT)
    json.dumps(made, allow_nan=False)
    names = [name_of(entry) for entry in nodes_of(made)]
    assert len(set(names)) == len(names)
    assert {end for link in links_of(made) for end in (link.source, link.target)} <= set(names)
    (trigger,) = of_type(made, WEBHOOK)
    parameters = trigger["parameters"]
    assert isinstance(parameters, dict)
    assert parameters["path"] == DEPLOYMENT.webhook_path


def assert_refused(definition: JsonObject, pointer: str = "/definition") -> None:
    with pytest.raises(Invalid) as refusal:
        read_file(definition)
    assert [error.pointer for error in refusal.value.errors if error.pointer.startswith(pointer)] != []


class TestReading:
    @given(JSON)
    @settings(max_examples=200, deadline=None)
    def test_what_is_no_workflow_file_is_refused(self, value: JsonValue) -> None:
        with pytest.raises(Invalid):
            read_file(value)

    @given(JSON.filter(sound))
    @example("")
    @example(" \t")
    @settings(max_examples=100, deadline=None)
    def test_an_odd_name_is_replaced(self, value: JsonValue) -> None:
        read = read_file({**workflow_file("callback"), "name": value})
        assert read["name"] == (value.strip() if isinstance(value, str) and value.strip() else "Workflow")
        assert_deployable(read)

    @given(JSON.filter(sound))
    @settings(max_examples=100, deadline=None)
    def test_odd_settings_are_left_out(self, value: JsonValue) -> None:
        read = read_file({**workflow_file("callback"), "settings": value})
        assert read["settings"] == {}
        assert_deployable(read)

    @given(JSON.filter(sound))
    @settings(max_examples=100, deadline=None)
    def test_odd_nodes_are_refused(self, value: JsonValue) -> None:
        assert_refused({**workflow_file("callback"), "nodes": value})

    @given(JSON.filter(sound))
    @settings(max_examples=100, deadline=None)
    def test_connections_are_refused_unless_they_join_nodes_that_are_there(self, value: JsonValue) -> None:
        definition = {**workflow_file("callback"), "connections": value}
        if isinstance(value, dict) and not list(links_of(definition)):
            assert_deployable(read_file(definition))
        else:
            assert_refused(definition)

    @pytest.mark.parametrize(("source", "target"), [("Webhook", "Nobody"), ("Nobody", "Sign"), ("Webhook", "sign")])
    def test_a_connection_of_a_node_that_is_not_there_is_refused(self, source: str, target: str) -> None:
        definition = workflow_file("callback")
        definition["connections"] = {source: {"main": [[{"node": target, "type": "main", "index": 0}]]}}
        assert_refused(definition, "/definition/connections")

    @given(st.integers(0, 3), JSON.filter(sound))
    @settings(max_examples=100, deadline=None)
    def test_a_nodes_odd_position_or_credentials_are_replaced(self, index: int, value: JsonValue) -> None:
        definition = workflow_file("callback")
        definition["nodes"][index] |= {"position": value, "credentials": value}
        read = read_file(definition)
        node = nodes_of(read)[index]
        assert isinstance(node["position"], list)
        assert isinstance(node.get("credentials", {}), dict)
        assert_deployable(read)

    @given(st.integers(0, 3), JSON.filter(sound))
    @settings(max_examples=100, deadline=None)
    def test_a_nodes_parameters_must_be_an_object(self, index: int, value: JsonValue) -> None:
        definition = workflow_file("callback")
        definition["nodes"][index]["parameters"] = value
        if isinstance(value, dict):
            assert_deployable(read_file(definition))
        else:
            assert_refused(definition, f"/definition/nodes/{index}/parameters")

    @given(st.integers(0, 3), JSON.filter(sound))
    @settings(max_examples=100, deadline=None)
    def test_a_nodes_version_must_be_a_number(self, index: int, value: JsonValue) -> None:
        definition = workflow_file("callback")
        definition["nodes"][index]["typeVersion"] = value
        if isinstance(value, int | float):
            assert_deployable(read_file(definition))
        else:
            assert_refused(definition, f"/definition/nodes/{index}/typeVersion")

    @given(st.integers(0, 3), JSON.filter(sound))
    @settings(max_examples=100, deadline=None)
    def test_a_nodes_name_must_be_the_one_that_the_connections_use(self, index: int, value: JsonValue) -> None:
        definition = workflow_file("callback")
        definition["nodes"][index]["name"] = value
        assert_refused(definition)

    @pytest.mark.parametrize("value", UNSOUND, ids=repr)
    @pytest.mark.parametrize("member", ["name", "settings", "nodes", "connections", "pinData"])
    def test_what_tools_do_not_agree_on_is_refused_wherever_it_stands(self, member: str, value: JsonValue) -> None:
        definition = workflow_file("callback")
        definition[member] = {"inner": [value]} if member != "nodes" else [*definition["nodes"], {"notes": value}]
        assert_refused(definition)


class TestLiterals:
    def test_the_sample_offers_what_a_person_would_change(self) -> None:
        found = {one.label: one for one in literals_of(read_file(json.loads(SAMPLE.read_text())))}
        assert found["Tidy up · assignments · greeting"].value == "Thank you for your interest"
        assert found["Tidy up · assignments · qualifies_from"].type is ParameterType.NUMBER
        assert found["Reference · secret"].type is ParameterType.SECRET
        assert not [label for label in found if label.startswith(("About", "New lead · path"))]

    @given(st.text(min_size=1, max_size=20).filter(lambda text: not text.startswith("=")))
    @settings(max_examples=50, deadline=None)
    def test_every_pointer_leads_back_to_its_value(self, text: str) -> None:
        definition = read_file(json.loads(json.dumps(workflow_file("callback"))))
        for literal in literals_of(definition):
            changed = replaced(definition, {literal.pointer: text})
            again = {one.pointer: one for one in literals_of(changed)}
            assert again[literal.pointer].value == (text if again[literal.pointer].type != "SECRET" else "")
            assert replaced(changed, {literal.pointer: "x"}) == replaced(definition, {literal.pointer: "x"})


class TestMakeDeployable:
    @pytest.mark.parametrize("name", ["callback", "lab-ack", "lab-async"])
    def test_the_files_nodes_stay_as_they_are(self, name: str) -> None:
        definition = read_file(workflow_file(name))
        before = copy.deepcopy(definition)
        made = make_deployable(definition, [], {}, DEPLOYMENT)
        assert definition == before, "the template is not touched"
        assert nodes_of(made)[1 : len(nodes_of(before))] == nodes_of(before)[1:]
        names = [name_of(entry) for entry in nodes_of(made)]
        assert len(set(names)) == len(names)
        assert {end for link in links_of(made) for end in (link.source, link.target)} <= set(names)

    def test_the_trigger_is_ours(self) -> None:
        definition = workflow_file("lab-async")
        definition["nodes"][0]["parameters"] |= {
            "authentication": "headerAuth", "multipleMethods": True, "options": {"rawBody": True, "ipWhitelist": "x"},
        }  # fmt: skip
        (trigger, *_) = nodes_of(make_deployable(read_file(definition), [], {}, DEPLOYMENT))
        assert trigger["parameters"] == {
            "httpMethod": "POST",
            "path": "cc-random",
            "responseMode": "responseNode",
            "options": {"ipWhitelist": "x"},
        }

    def test_a_file_that_answers_for_itself_gets_no_second_answer(self) -> None:
        made = make_deployable(read_file(workflow_file("lab-ack")), [], {}, DEPLOYMENT)
        assert [entry["type"] for entry in nodes_of(made)].count("n8n-nodes-base.respondToWebhook") == 1

    def test_the_callback_stands_below_everything(self) -> None:
        made = make_deployable(read_file(json.loads(SAMPLE.read_text())), [], {}, DEPLOYMENT)
        lowest = max(position(made, name_of(entry)) for entry in nodes_of(made))
        assert position(made, RESULT) == position(made, CALLBACK) == lowest

    def test_where_branches_join_it_hangs_on_the_end(self) -> None:
        definition = chain(
            "join", webhook("x"), fields("A", 200), node("Merge", "merge", 3, 400, 0, {}), fields("End", 600)
        )
        connections = definition["connections"]
        assert isinstance(connections, dict)
        connections["Webhook"] = {
            "main": [[{"node": "A", "type": "main", "index": 0}, {"node": "Merge", "type": "main", "index": 1}]]
        }
        made = make_deployable(read_file(definition), [], {}, DEPLOYMENT)
        assert [link.source for link in links_of(made) if link.target == RESULT] == ["End"]

    def test_names_that_are_taken_are_not_taken_again(self) -> None:
        once = make_deployable(read_file(workflow_file("lab-async")), [], {}, DEPLOYMENT)
        twice = make_deployable(read_file(once), [], {}, DEPLOYMENT)
        names = [name_of(entry) for entry in nodes_of(twice)]
        assert len(set(names)) == len(names)

    def test_credentials_are_kept_where_an_id_was_given(self) -> None:
        definition = workflow_file("lab-async")
        definition["nodes"][1]["credentials"] = {"httpHeaderAuth": {"id": "old", "name": "CRM"}}
        read = read_file(definition)
        slot = Parameter("crm", "CRM", ParameterType.TEXT, False, None, "/nodes/1/credentials/httpHeaderAuth/id")
        without = nodes_of(make_deployable(read, [slot], {}, DEPLOYMENT))[1]
        with_id = nodes_of(make_deployable(read, [slot], {"crm": "new"}, DEPLOYMENT))[1]
        assert "credentials" not in without
        assert with_id["credentials"] == {"httpHeaderAuth": {"id": "new", "name": "CRM"}}

    def test_values_go_to_their_places(self) -> None:
        definition = read_file(chain("x", webhook("x"), post("Tell", "https://old.example", "{}", 200)))
        url = Parameter("url", "URL", ParameterType.TEXT, True, None, "/nodes/1/parameters/url")
        made = make_deployable(definition, [url], {"url": "https://new.example"}, DEPLOYMENT)
        assert "https://new.example" in json.dumps(made)
        assert "https://old.example" not in json.dumps(made)

    def test_the_secret_is_in_no_representation(self) -> None:
        assert "s3cret" not in repr(DEPLOYMENT)


class TestValues:
    def test_defaults_fill_in_and_optional_ones_may_be_missing(self) -> None:
        parameters = [
            Parameter("a", "A", ParameterType.TEXT, True, "default", "/a"),
            Parameter("b", "B", ParameterType.NUMBER, False, None, "/b"),
            Parameter("c", "C", ParameterType.BOOLEAN, False, None, "/c"),
        ]
        assert resolve_values(parameters, {"c": False}) == {"a": "default", "c": False}

    @pytest.mark.parametrize(
        ("kind", "value", "fits"),
        [
            ("TEXT", "x", True), ("TEXT", "", True), ("TEXT", 1, False), ("TEXT", "=x", False), ("TEXT", "a\nb", True),
            ("TEXT", "a\x00", False), ("TEXT", "a\x7f", False), ("TEXT", "x" * 4001, False), ("TEXT", None, False),
            ("NUMBER", 1, True), ("NUMBER", 1.5, True), ("NUMBER", True, False), ("NUMBER", "1", False),
            ("NUMBER", 10**16, False), ("NUMBER", float("inf"), False), ("NUMBER", float("nan"), False),
            ("BOOLEAN", True, True), ("BOOLEAN", 1, False), ("SECRET", "x", True), ("SECRET", "=x", False),
        ],
    )  # fmt: skip
    def test_what_fits(self, kind: str, value: Any, fits: bool) -> None:
        assert (complaint_about(ParameterType(kind), value) is None) is fits


class TestSignature:
    NOW = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)

    def sign(self, secret: str, raw: bytes, timestamp: str) -> str:
        return "sha256=" + hmac.new(secret.encode(), timestamp.encode() + b"." + raw, hashlib.sha256).hexdigest()

    @given(st.text(min_size=1), st.binary(max_size=200), st.integers(-300, 300))
    def test_what_was_signed_holds(self, secret: str, raw: bytes, seconds: int) -> None:
        try:
            secret.encode()
        except UnicodeEncodeError:
            return
        timestamp = str(int(self.NOW.timestamp()) + seconds)
        assert signature_holds(secret, raw, timestamp, self.sign(secret, raw, timestamp), self.NOW)

    @given(st.binary(min_size=1, max_size=100), st.data())
    def test_one_changed_bit_does_not(self, raw: bytes, data: st.DataObject) -> None:
        timestamp = str(int(self.NOW.timestamp()))
        signature = self.sign("k", raw, timestamp)
        bit = data.draw(st.integers(0, len(raw) * 8 - 1))
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << (bit % 8)
        assert not signature_holds("k", bytes(changed), timestamp, signature, self.NOW)

    @given(st.text(max_size=80), st.text(max_size=20))
    def test_whatever_the_headers_hold_it_is_told(self, signature: str, timestamp: str) -> None:
        try:
            timestamp.encode()
        except UnicodeEncodeError:
            return
        assert not signature_holds("k", b"{}", timestamp, signature, self.NOW)


@given(st.integers(-(10**6), 10**6), st.none() | st.integers(-(10**6), 10**6))
def test_a_run_ends_after_its_start_and_not_in_the_future(started: int, finished: int | None) -> None:
    now = datetime(2026, 11, 21, tzinfo=UTC)
    start = now + timedelta(seconds=started)
    end = end_of(start, None if finished is None else now + timedelta(seconds=finished), now)
    assert start <= end <= max(now, start)
