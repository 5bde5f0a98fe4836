#!/usr/bin/env python3
"""Checks an unpacked bundle of GridWarden with nothing but Python 3. Usage: python3 verify.py [FOLDER]

It does what README.txt describes: MANIFEST, the chain of events, the case, the evidence, the anchors.
Exit code 0: all is well. 1: something is wrong, and it says what. 2: this is no bundle.
"""
import base64
import hashlib
import json
import os
import sys

folder = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
faults = []


def read(name):
    with open(os.path.join(folder, name), "rb") as f:
        return f.read()


def lines(name):
    return [line for line in read(name).split(b"\n") if line]


def link(data):
    """SHA-256 as the histories write it: base64url without padding."""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def main():
    head = json.loads(read("head.json"))
    listed = {"MANIFEST"}
    for line in lines("MANIFEST"):
        digest, name = line.decode().split("  ", 1)
        listed.add(name)
        try:
            if hashlib.sha256(read(name)).hexdigest() != digest:
                faults.append(name + ": the file was altered")
        except OSError:
            faults.append(name + ": the file is missing")
    for where, _, names in os.walk(folder):
        for name in names:
            name = os.path.relpath(os.path.join(where, name), folder).replace(os.sep, "/")
            if name not in listed:
                faults.append(name + ": the file is not in the manifest")

    hashes, sealed, doc, hidden, prev = [], {}, None, 0, ""
    for line in lines("events.jsonl"):
        event, n = json.loads(line), len(hashes) + 1
        if event.get("n") != n:
            faults.append("event %d: it says that it is number %s" % (n, event.get("n")))
            break
        if event.get("withheld"):
            digest, doc, hidden = event["h"], None, hidden + 1
        else:
            if event.get("p", "") != prev or event.get("c") != head["case"]:
                faults.append("event %d: the one before it was altered or taken out, or it was moved" % n)
                break
            digest, doc = link(line), event["d"]
            if event["x"] == "seal_evidence":
                sealed[event["m"]["files"]] = event["m"].get("sha256", "")
        hashes.append(digest)
        prev = digest
    if len(hashes) != head["events"]:
        faults.append("the history has %d events and should have %d" % (len(hashes), head["events"]))
    elif prev != head["head"]:
        faults.append("event %d: altered: it is not the one with which the history ends" % len(hashes))

    if doc and os.path.exists(os.path.join(folder, "case.json")) and link(read("case.json")) != doc:
        faults.append("case.json: the case is not what its last event left")

    for line in lines("evidence.jsonl"):
        item = json.loads(line)
        if item.get("sha256") and sealed.get(item["file"]) != item["sha256"]:
            faults.append("the history says another hash of file " + item["file"])
        if item.get("original") and hashlib.sha256(read(item["original"])).hexdigest() != item["sha256"]:
            faults.append(item["original"] + ": not the file that the history names")

    for line in lines("anchors.jsonl"):
        anchor = json.loads(line)
        for stand in anchor.get("c", []):
            if stand["i"] != head["case"]:
                continue
            if not 1 <= stand["e"] <= len(hashes) or hashes[stand["e"] - 1] != stand["h"]:
                faults.append("anchor %d: the history does not go through event %d as it was then" % (anchor["n"], stand["e"]))
            else:
                print("anchor %d:%s" % (anchor["n"], link(line)))

    for fault in faults:
        print("WRONG " + fault)
    if not faults:
        print("OK %d events, %d of them withheld" % (len(hashes), hidden))
    return 1 if faults else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, ValueError, KeyError) as error:
        print("not a bundle: %s" % error)
        sys.exit(2)
