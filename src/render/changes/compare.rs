//! What changed from the facts of one build to those of the next, and the log of it.

use std::collections::{BTreeMap, BTreeSet};

use super::record::*;
use crate::domain::Date;
use crate::domain::vocabulary::AdministrativeProcedureStatus as Status;

/// More changes of one kind in the catalogue are told as a number: somebody imported it anew.
const MOST_OF_A_KIND: usize = 200;

/// The log of a build: what it found, merged with what was told before, newest first and within its bounds.
pub(super) fn log(earlier: Vec<Entry>, found: Vec<Entry>, today: Date) -> Vec<Entry> {
    let oldest = today.saturating_sub(jiff::Span::new().months(MONTHS));
    // An entry of a later day was told by a build with a wrong date.
    let mut log: Vec<Entry> = earlier.into_iter().filter(|entry| oldest < entry.on && entry.on <= today).collect();
    let mut found = together(found);
    found.sort();
    found.truncate(MOST_ENTRIES);
    for entry in found {
        add(&mut log, entry);
    }
    log.sort_by(|left, right| right.on.cmp(&left.on).then_with(|| left.cmp(right)));
    log.truncate(MOST_ENTRIES);
    log
}

/// Documents of one agency with the same fate are told in one sentence where they are many.
fn together(found: Vec<Entry>) -> Vec<Entry> {
    let mut groups: BTreeMap<(Option<String>, Kind), Vec<Entry>> = BTreeMap::new();
    for entry in found {
        groups.entry((entry.agency.clone(), entry.kind)).or_default().push(entry);
    }
    let merge = |(agency, kind): (Option<String>, Kind), entries: Vec<Entry>| {
        if !kind.is_of_document() || entries.len() <= MOST_SUBJECTS {
            return entries;
        }
        let (on, count) = (entries[0].on, Some(entries.len() as u64));
        let subjects = entries.into_iter().flat_map(|entry| entry.subjects).take(MOST_SUBJECTS).collect();
        vec![Entry { on, agency, kind, subjects, before: None, after: None, ways: None, count, concerns: Vec::new() }]
    };
    groups.into_iter().flat_map(|(key, entries)| merge(key, entries)).collect()
}

/// Adds a change; what came back on the same day to where it was is no change of that day.
fn add(log: &mut Vec<Entry>, mut entry: Entry) {
    let is_same_place = |other: &Entry| other.on == entry.on && other.agency == entry.agency && ids(other).eq(ids(&entry));
    if let Some(at) = log.iter().position(|other| is_same_place(other) && is_undone(other.kind, entry.kind)) {
        log.remove(at);
        return;
    }
    if let Some(at) = log.iter().position(|other| is_same_place(other) && other.kind == entry.kind) {
        let earlier = log.remove(at);
        entry.before = earlier.before;
        let has_words = entry.before.is_some() || entry.kind == Kind::Contact;
        if has_words && entry.before == entry.after {
            return;
        }
    }
    log.push(entry);
}

fn ids(entry: &Entry) -> impl Iterator<Item = &str> {
    entry.subjects.iter().map(|subject| subject.id.as_str())
}

fn is_undone(earlier: Kind, later: Kind) -> bool {
    use Kind::*;
    let pairs = [
        (AgencyAdded, AgencyRemoved),
        (CompetenceAdded, CompetenceRemoved),
        (ProcedureNew, ProcedureRemoved),
        (ProcedureAbolished, ProcedureRestored),
        (DocumentNew, DocumentWithdrawn),
        (DocumentEnded, DocumentRestored),
        (RecordNew, RecordWithdrawn),
        (DeclaredFirst, DeclarationWithdrawn),
        (DeclaredAgain, DeclarationWithdrawn),
    ];
    pairs.iter().any(|pair| *pair == (earlier, later) || *pair == (later, earlier))
}

/// What is other now than it was.
pub(super) fn compare(before: &Facts, now: &Facts, today: Date) -> Vec<Entry> {
    let mut comparison = Comparison { before, now, today, found: Vec::new() };
    let fresh = comparison.catalogue();
    for (id, agency) in &now.agencies {
        match before.agencies.get(id) {
            None => comparison.tell(Some(id), Kind::AgencyAdded, [subject("", &agency.name)]),
            Some(earlier) => comparison.agency(id, earlier, agency, &fresh),
        }
    }
    for (id, agency) in before.agencies.iter().filter(|(id, _)| !now.agencies.contains_key(*id)) {
        comparison.tell(Some(id), Kind::AgencyRemoved, [subject("", &agency.name)]);
    }
    for (year, hash) in &now.inspections {
        let kind = match before.inspections.get(year) {
            None => Kind::RecordNew,
            Some(earlier) if earlier != hash => Kind::RecordChanged,
            Some(_) => continue,
        };
        comparison.tell(None, kind, [subject(&format!("kiem-tra/{year}/"), &year.to_string())]);
    }
    comparison.found
}

struct Comparison<'a> {
    before: &'a Facts,
    now: &'a Facts,
    today: Date,
    found: Vec<Entry>,
}

impl<'a> Comparison<'a> {
    fn tell(&mut self, agency: Option<&str>, kind: Kind, subjects: impl IntoIterator<Item = Subject>) {
        let entry = self.entry(agency, kind, subjects.into_iter().collect());
        self.found.push(entry);
    }

    fn entry(&self, agency: Option<&str>, kind: Kind, subjects: Vec<Subject>) -> Entry {
        Entry { on: self.today, agency: agency.map(str::to_owned), kind, subjects, before: None, after: None, ways: None, count: None, concerns: Vec::new() }
    }

    /// Tells what changed in the catalogue. Returns the new codes, unless they are too many to be told one by one:
    /// then each agency tells of its own.
    fn catalogue(&mut self) -> BTreeSet<&'a str> {
        let (before, now) = (self.before, self.now);
        let mut found: Vec<Entry> = Vec::new();
        for (code, one) in &now.procedures {
            match before.procedures.get(code) {
                None => found.push(self.entry(None, Kind::ProcedureNew, vec![subject(code, &one.name)])),
                Some(earlier) if earlier != one => self.catalogued(code, earlier, one, &mut found),
                Some(_) => {}
            }
        }
        for (code, one) in before.procedures.iter().filter(|(code, _)| !now.procedures.contains_key(*code)) {
            found.push(self.entry(None, Kind::ProcedureRemoved, vec![subject(code, &one.name)]));
        }
        let mut by_kind: BTreeMap<Kind, Vec<Entry>> = BTreeMap::new();
        for entry in found {
            by_kind.entry(entry.kind).or_default().push(entry);
        }
        let is_told_one_by_one = by_kind.get(&Kind::ProcedureNew).is_none_or(|new| new.len() <= MOST_OF_A_KIND);
        for (kind, entries) in by_kind {
            if entries.len() <= MOST_OF_A_KIND {
                let told: Vec<Entry> = entries.into_iter().map(|entry| self.with_doers(entry)).collect();
                self.found.extend(told);
            } else {
                let summary = Entry { count: Some(entries.len() as u64), ..self.entry(None, kind, Vec::new()) };
                self.found.push(summary);
            }
        }
        let new = now.procedures.keys().filter(|code| is_told_one_by_one && !before.procedures.contains_key(*code));
        new.map(String::as_str).collect()
    }

    fn catalogued(&self, code: &str, before: &ProcedureFacts, now: &ProcedureFacts, found: &mut Vec<Entry>) {
        let entry = |kind| self.entry(None, kind, vec![subject(code, &now.name)]);
        if before.name != now.name {
            found.push(Entry { before: Some(before.name.to_string()), after: Some(now.name.to_string()), ..entry(Kind::ProcedureRenamed) });
        }
        match (before.status, now.status) {
            (earlier, later) if earlier == later => {}
            (_, Status::Abolished) => found.push(entry(Kind::ProcedureAbolished)),
            (Status::Abolished, _) => found.push(entry(Kind::ProcedureRestored)),
            (_, Status::Amended) => found.push(entry(Kind::ProcedureAmended)),
            _ => {}
        }
        for (kind, before, now) in [(Kind::TimeLimit, &before.time, &now.time), (Kind::Fee, &before.fee, &now.fee)] {
            if before.hash != now.hash {
                found.push(in_words(before, now, entry(kind)));
            }
        }
        if before.papers != now.papers {
            found.push(entry(Kind::Papers));
        }
    }

    /// A procedure that is no more is on no list: who did it is said with it.
    fn with_doers(&self, entry: Entry) -> Entry {
        let Some(code) = entry.subjects.first().map(|subject| subject.id.as_str()).filter(|_| entry.kind.is_of_end()) else { return entry };
        let does = |agency: &AgencyFacts| list(self.before, agency).binary_search_by(|known| known.as_str().cmp(code)).is_ok();
        let concerns = self.before.agencies.iter().filter(|(_, agency)| does(agency)).map(|(id, _)| id.clone()).collect();
        Entry { concerns, ..entry }
    }

    fn agency(&mut self, id: &str, before: &AgencyFacts, now: &AgencyFacts, fresh: &BTreeSet<&str>) {
        if before.name != now.name {
            let entry = self.entry(Some(id), Kind::AgencyRenamed, vec![subject("", &now.name)]);
            self.found.push(Entry { before: Some(before.name.clone()), after: Some(now.name.clone()), ..entry });
        }
        if before.is_active && !now.is_active {
            return self.tell(Some(id), Kind::AgencyEnded, [subject("", &now.name)]);
        }
        self.competence(id, before, now, fresh);
        self.declarations(id, before, now);
        self.documents(id, before, now);
        self.records(id, before, now);
        self.contact(id, before, now);
    }

    fn competence(&mut self, id: &str, before: &AgencyFacts, now: &AgencyFacts, fresh: &BTreeSet<&str>) {
        if before.procedures == now.procedures {
            return;
        }
        let (earlier, later) = (list(self.before, before), list(self.now, now));
        let added: Vec<&String> = later.iter().filter(|code| earlier.binary_search(code).is_err() && !fresh.contains(code.as_str())).collect();
        let removed = earlier.iter().filter(|code| later.binary_search(code).is_err());
        // What nobody does any more is told by the catalogue.
        let is_done = |code: &&String| self.now.procedures.get(*code).is_some_and(|one| one.status != Status::Abolished);
        let removed: Vec<&String> = removed.filter(is_done).collect();
        for (kind, codes) in [(Kind::CompetenceAdded, added), (Kind::CompetenceRemoved, removed)] {
            if codes.is_empty() {
                continue;
            }
            let name = |code: &'a String| self.now.procedures.get(code).map_or(code.as_str(), |one| &*one.name);
            let subjects = codes.iter().take(MOST_SUBJECTS).map(|code| subject(code, name(code))).collect();
            let entry = Entry { count: Some(codes.len() as u64), ..self.entry(Some(id), kind, subjects) };
            self.found.push(entry);
        }
    }

    fn declarations(&mut self, id: &str, before: &AgencyFacts, now: &AgencyFacts) {
        for (folder, one) in &now.declarations {
            let kind = match before.declarations.get(folder) {
                None if before.declarations.is_empty() => Kind::DeclaredFirst,
                None => Kind::DeclaredAgain,
                Some(earlier) if earlier.hash != one.hash => Kind::DeclarationCorrected,
                Some(_) => continue,
            };
            self.tell(Some(id), kind, [subject(folder, &one.title)]);
        }
        for (folder, one) in before.declarations.iter().filter(|(folder, _)| !now.declarations.contains_key(*folder)) {
            self.tell(Some(id), Kind::DeclarationWithdrawn, [subject(folder, &one.title)]);
        }
        if let (Some(folder), None) = (&before.current, &now.current)
            && let Some(one) = now.declarations.get(folder)
        {
            self.tell(Some(id), Kind::DeclarationEnded, [subject(folder, &one.title)]);
        }
    }

    fn documents(&mut self, id: &str, before: &AgencyFacts, now: &AgencyFacts) {
        for (key, one) in &now.documents {
            let entry = |kind| self.entry(Some(id), kind, vec![subject(key, &one.title)]);
            let told = match before.documents.get(key) {
                None => entry(Kind::DocumentNew),
                Some(earlier) if !earlier.is_ended && one.is_ended => entry(Kind::DocumentEnded),
                Some(earlier) if earlier.is_ended && !one.is_ended => entry(Kind::DocumentRestored),
                Some(earlier) if earlier.edition != one.edition => {
                    Entry { before: Some(earlier.edition.clone()), after: Some(one.edition.clone()), ..entry(Kind::DocumentReissued) }
                }
                Some(_) => continue,
            };
            self.found.push(told);
        }
        for (key, one) in before.documents.iter().filter(|(key, _)| !now.documents.contains_key(*key)) {
            self.tell(Some(id), Kind::DocumentWithdrawn, [subject(key, &one.title)]);
        }
    }

    fn records(&mut self, id: &str, before: &AgencyFacts, now: &AgencyFacts) {
        for (folder, one) in &now.records {
            let kind = match before.records.get(folder) {
                None => Kind::RecordNew,
                Some(earlier) if earlier.hash != one.hash => Kind::RecordChanged,
                Some(_) => continue,
            };
            self.tell(Some(id), kind, [subject(folder, &one.title)]);
        }
        for (folder, one) in before.records.iter().filter(|(folder, _)| !now.records.contains_key(*folder)) {
            self.tell(Some(id), Kind::RecordWithdrawn, [subject(folder, &one.title)]);
        }
    }

    fn contact(&mut self, id: &str, before: &AgencyFacts, now: &AgencyFacts) {
        let fields: BTreeSet<&String> = before.contact.keys().chain(now.contact.keys()).collect();
        for field in fields {
            let (before, after) = (before.contact.get(field), now.contact.get(field));
            if before != after {
                let entry = self.entry(Some(id), Kind::Contact, vec![subject(field, field)]);
                self.found.push(Entry { before: before.cloned(), after: after.cloned(), ..entry });
            }
        }
    }
}

/// Says what a fact was and is, for the ways to hand in a dossier for which it changed.
fn in_words(before: &Fact, now: &Fact, entry: Entry) -> Entry {
    let pairs = now.words.iter().filter_map(|(way, after)| Some((way, before.words.get(way)?, after)));
    let changed: Vec<(&str, &str, &str)> = pairs.filter(|(_, before, after)| before != after).collect();
    let Some((_, first_before, first_after)) = changed.first().copied() else { return entry };
    if changed.iter().any(|(_, before, after)| (*before, *after) != (first_before, first_after)) {
        let each = |of: &dyn Fn(&(&str, &str, &str)) -> String| Some(changed.iter().map(of).collect::<Vec<_>>().join("; "));
        return Entry { before: each(&|(way, before, _)| format!("{way}: {before}")), after: each(&|(way, _, after)| format!("{way}: {after}")), ..entry };
    }
    let is_all = changed.len() == now.words.len() && now.words.len() == before.words.len();
    let ways = (!is_all).then(|| changed.iter().map(|(way, ..)| *way).collect::<Vec<_>>().join(", "));
    Entry { before: Some(first_before.to_owned()), after: Some(first_after.to_owned()), ways, ..entry }
}

fn subject(id: &str, title: &str) -> Subject {
    Subject { id: id.to_owned(), title: title.to_owned() }
}

fn list<'f>(facts: &'f Facts, agency: &AgencyFacts) -> &'f [String] {
    facts.lists.get(&agency.procedures).map_or(&[], Vec::as_slice)
}
