// Reads the calendars of a folder with ical.js and with node-ical, and compares what each finds with
// what is expected. Ends with an error where they differ.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ICAL from "ical.js";
import ical from "node-ical";

const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const moment = (value) => value.toISOString().replace(".000Z", "Z");
const textOf = (value) => (value && typeof value === "object" ? value.val : (value ?? ""));

function day(value) {
  const two = (number) => String(number).padStart(2, "0");
  return `${value.getFullYear()}-${two(value.getMonth() + 1)}-${two(value.getDate())}`;
}

function byIcalJs(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zones = calendar.getAllSubcomponents("vtimezone").map((each) => new ICAL.Timezone(each));
  const at = (property) => {
    const time = property.getFirstValue();
    if (time.isDate) {
      return time.toString();
    }
    const zone = zones.find((each) => each.tzid === property.getParameter("tzid"));
    if (zone) {
      time.zone = zone;
    }
    return moment(new Date(time.toUnixTime() * 1000));
  };
  const value = (event, name) => String(event.getFirstPropertyValue(name) ?? "");
  const events = {};
  for (const event of calendar.getAllSubcomponents("vevent")) {
    events[value(event, "uid")] = {
      start: at(event.getFirstProperty("dtstart")),
      end: at(event.getFirstProperty("dtend")),
      summary: value(event, "summary"),
      description: value(event, "description"),
      status: value(event, "status"),
      sequence: Number(value(event, "sequence")),
      attendees: event
        .getAllProperties("attendee")
        .map((each) => each.getFirstValue())
        .sort(),
      organizer: value(event, "organizer"),
      alarms: event.getAllSubcomponents("valarm").length,
    };
  }
  return { method: String(calendar.getFirstPropertyValue("method") ?? ""), events };
}

function byNodeIcal(text) {
  const events = {};
  let method = "";
  for (const each of Object.values(ical.sync.parseICS(text))) {
    if (each.type === "VCALENDAR") {
      method = each.method ?? "";
    }
    if (each.type !== "VEVENT") {
      continue;
    }
    const at = each.datetype === "date" ? day : moment;
    method = each.method ?? method;
    events[each.uid] = {
      start: at(each.start),
      end: at(each.end),
      summary: textOf(each.summary),
      description: textOf(each.description),
      status: each.status ?? "",
      sequence: Number(each.sequence),
      attendees: list(each.attendee).map(textOf).sort(),
      organizer: textOf(each.organizer),
      alarms: list(each.alarms).length,
    };
  }
  return { method, events };
}

const folder = process.argv[2];
const names = readdirSync(folder).filter((name) => name.endsWith(".ics"));
assert(names.length > 20, "there are too few calendars");
for (const name of names) {
  const text = readFileSync(join(folder, name), "utf-8");
  const expected = JSON.parse(readFileSync(join(folder, name.replace(".ics", ".json")), "utf-8"));
  assert.deepEqual(byIcalJs(text), expected, `${name} by ical.js`);
  assert.deepEqual(byNodeIcal(text), expected, `${name} by node-ical`);
}
console.log(`${names.length} calendars are read alike`);
