import { FluentBundle, FluentResource } from "@fluent/bundle";
import { describe, expect, test } from "vitest";
import { Catalogue, choose } from "./catalogue";
import { SENTENCES } from "./sentences";

const { nl, en } = SENTENCES;
const sources = import.meta.glob<string>(["../**/*.{svelte,ts}", "!../**/*.test.ts"], { query: "?raw", import: "default", eager: true });
const code = Object.values(sources).join("\n");

/** Ids that are put together in the code, with all they can become. */
const COMPOSED = {
  "react-": ["thanks", "agree", "helps", "laugh"],
  "role-": ["guest", "member", "moderator", "owner"],
  "theme-": ["system", "light", "dark"],
  "read-only-": ["planned", "open", "locked", "closed"],
  "status-": ["review", "open", "stage", "answered", "follow_up", "declined", "withdrawn"],
  "because-": ["off_topic", "asked_before", "answered_before", "unclear", "not_now", "conduct"],
  "level-": ["named", "pseudonymous", "anonymous", "named-means", "pseudonymous-means", "anonymous-means", "named-short", "pseudonymous-short", "anonymous-short"],
  "door-pact-": ["named", "pseudonymous", "anonymous"],
  "promise-": ["named", "pseudonymous", "anonymous"],
  "start-": ["named", "pseudonymous", "anonymous"],
  "tab-": ["top", "new", "answered", "mine"],
  "none-": ["top-title", "new-title", "answered-title", "mine-title", "answered", "mine"],
  "do-": ["approve", "answer", "stage", "next", "unnext", "unstage", "reopen", "edit", "park", "unpark", "decline", "note", "write", "follow", "label", "review", "mute", "unmute", "remove"],
  "did-": ["approve", "answer", "stage", "next", "unnext", "unstage", "reopen", "edit", "park", "unpark", "decline", "follow", "label", "review", "mute", "unmute", "remove"],
  "anyway-": ["approve", "decline", "edit", "label", "park", "stage", "answer", "follow_up", "reopen", "remove"],
  "lane-": ["review", "live", "done", "review-short", "live-short", "done-short"],
  "count-": ["asked", "published", "answered", "declined"],
  "mine-": ["review", "open", "stage", "answered", "follow_up", "declined", "removed"],
  "life-": ["planned", "open", "locked", "closing", "closed"],
  "privacy-seen-": ["named", "pseudonymous", "anonymous"],
  "privacy-left-": ["named", "pseudonymous", "anonymous"],
  "log-did-": ["room-open", "room-lock", "room-unlock", "room-set_pace", "room-dismiss", "chat-remove", "qna-remove", "qna-decline", "qna-edit", "qna-mute", "board-delete", "board-remove_column", "board-mute", "member-role", "member-remove", "invitation-make", "invitation-revoke", "program-make", "program-revoke", "community-edit", "session-start", "session-open", "session-lock", "session-unlock", "session-close", "session-take_back"],
  "report-why-": ["unkind", "private", "spam", "other"],
  "report-means-": ["unkind", "private", "spam", "other"],
  "pace-goes-": ["message", "question"],
  "life-means-": ["planned", "open", "locked", "closing", "closed"],
  "life-do-": ["open", "lock", "unlock", "take-back"],
  "life-did-": ["open", "lock", "unlock", "take-back"],
  "harvest-group-": ["answered", "notes", "agreed", "saved", "open"],
  "harvest-about-": ["decision", "action", "pinned", "saved", "note"],
  "harvest-type-": ["answer", "practice", "idea", "decision", "case", "link"],
  "harvest-sum-": ["published", "drafts", "dropped", "left"],
  "library-facet-": ["type", "status", "tag", "session"],
  "library-where-": ["item", "qna", "chat", "board"],
  "library-": ["from", "to", "from-day", "to-day"],
  "item-field-": ["title", "summary", "body", "type", "tags", "status"],
  "item-means-": ["published", "outdated", "draft"],
  "item-place-": ["qna", "chat", "board"],
  "item-status-": ["draft", "published", "outdated"],
  "invitation-": ["open", "used_up", "expired", "revoked"],
  "invitation-for-": ["member", "moderator", "owner"],
  "invitation-may-": ["member", "moderator", "owner"],
  "program-may-": ["guest", "member", "moderator"],
  "invited-": ["member", "moderator", "owner"],
  "invited-by-": ["member", "moderator", "owner"],
  "invited-become-": ["member", "moderator", "owner"],
  "harvest-form-": ["md", "json", "csv"],
  "board-step-": ["write", "reveal", "group", "vote", "discuss", "done"],
  "board-title-": ["write", "reveal", "group", "vote", "discuss", "done"],
  "board-may-": ["write", "reveal", "group", "vote", "discuss", "done"],
  "board-run-": ["write", "reveal", "group", "vote", "discuss", "done"],
  "board-next-": ["reveal", "group", "vote", "discuss", "done"],
  "board-do-": ["move", "group", "edit", "name", "ungroup", "plan", "decide", "mute", "unmute", "delete", "report"],
  "board-action": ["s", "s-none", "-add", "-edit", "-text", "-lacking", "-added"],
  "board-decision": ["s", "s-none", "-add", "-edit", "-text", "-lacking", "-added"],
  "board-look-": ["board", "list"],
  "board-template-": ["keep_change_try", "start_stop_continue", "what", "upkeep", "ideas", "empty"],
  "preset-": ["helping", "best_practice", "stewarding", "innovation"].flatMap((name) => [name, `${name}-means`]),
  "member-may-": ["guest", "member", "moderator", "owner"],
  "board-column-": ["start", "stop", "continue", "keep", "change", "try", "what", "so-what", "now-what", "still-right", "renew", "missing", "ideas", "questions", "first-steps"].flatMap((name) => [name, `${name}-hint`]), // the server says the hints
};
const composed = Object.entries(COMPOSED).flatMap(([start, ends]) => ends.map((end) => start + end));

function ids(ftl: string): string[] {
  return [...ftl.matchAll(/^([a-z][a-z0-9_-]*) =/gm)].map((found) => found[1] ?? "");
}

function variables(ftl: string): Map<string, string> {
  const messages = ftl.split(/^(?=[a-z][a-z0-9_-]* =)/m).filter((part) => /^[a-z]/.test(part));
  return new Map(messages.map((message) => [ids(message)[0] ?? "", [...new Set(message.match(/\$[a-z]+/g))].sort().join(" ")]));
}

describe("the catalogue", () => {
  test.each([
    ["nl", nl],
    ["en", en],
  ])("%s can be read whole", (language, ftl) => {
    const bundle = new FluentBundle(language);
    expect(bundle.addResource(new FluentResource(ftl))).toEqual([]);
    const all = ids(ftl);
    expect(new Set(all).size).toBe(all.length);
    for (const id of all) expect(bundle.getMessage(id)?.value, id).toBeTruthy();
  });

  test("both languages say the same things about the same things", () => {
    expect(ids(nl)).toEqual(ids(en));
    expect(variables(nl)).toEqual(variables(en));
  });

  test("every sentence the code asks for is there", () => {
    const asked = [...code.matchAll(/\bt\(\s*"([a-z0-9_-]+)"/g)].map((found) => found[1] ?? "");
    expect(asked.length).toBeGreaterThan(100);
    const known = new Set(ids(en));
    expect([...asked, ...composed].filter((id) => !known.has(id))).toEqual([]);
  });

  test("no sentence is left that nobody says", () => {
    expect(ids(en).filter((id) => !code.includes(`"${id}"`) && !composed.includes(id))).toEqual([]);
  });

  test("no exclamation marks, no oeps", () => {
    for (const ftl of [nl, en]) expect(ftl).not.toMatch(/!|oeps|oops/i);
  });

  test("in disguise nothing plain is left but what was filled in", () => {
    const disguised = new Catalogue("qps");
    const names = new Map(variables(en));
    for (const id of ids(en)) {
      const values = Object.fromEntries((names.get(id) ?? "").split(" ").filter(Boolean).map((name) => [name.slice(1), 7]));
      expect(disguised.say(id, values), id).not.toMatch(/[a-z]/i);
    }
    expect(new Catalogue("en").say("close")).toMatch(/[a-z]/i); // the control: without the disguise it is plain
  });

  test("what the catalogue lacks shows its own name", () => {
    expect(new Catalogue("en").say("not-a-message")).toBe("not-a-message");
  });

  test("numbers choose the form", () => {
    const dutch = new Catalogue("nl");
    expect(dutch.say("new-show", { count: 1 })).toBe("1 nieuw · tonen");
    expect(dutch.say("new-show", { count: 5 })).toBe("5 nieuwe · tonen");
    expect(dutch.say("reconnecting", { waiting: 0 })).not.toContain("0");
  });
});

test("the language is the first wish that we speak", () => {
  expect(choose(null, "nl", "en")).toBe("nl");
  expect(choose("fr", undefined, "nl-BE")).toBe("nl");
  expect(choose("EN-us")).toBe("en");
  expect(choose("fr-FR")).toBe("en");
});
