//! The rows of one record in a list beside those that the content has: which are the same, which took the place of another.

use std::collections::BTreeMap;

use super::cell::{normal, value, written};
use super::columns::{Column, Role, SheetKind};
use super::rows::{Row, first_outer};
use super::sheet::{TypedCell, TypedRow};

/// A row of the list.
#[derive(Debug)]
pub struct NewRow<'r> {
    pub cells: &'r [Option<TypedCell>],
    /// Whether it begins an outer item.
    pub is_first: bool,
    /// What it is about: the name of the paper, the text of the step.
    pub label: String,
    /// The place of its first cell.
    pub place: String,
}

/// The rows of one record.
pub struct Group<'r> {
    pub rows: Vec<NewRow<'r>>,
}

impl<'r> Group<'r> {
    /// Sees which rows belong together.
    pub fn new(kind: &SheetKind, rows: &[&'r TypedRow]) -> Self {
        let columns = kind.columns();
        let at = |role: Role| columns.iter().position(|(other, _)| *other == role);
        let text = |row: &TypedRow, at: Option<usize>| at.and_then(|at| row.cells[at].as_ref()).map(|cell| normal(&cell.text)).unwrap_or_default();
        let (ordinal, outer) = (at(Role::Ordinal), at(Role::Outer));
        let (mut last_ordinal, mut last_outer) = (String::new(), String::new());
        let mut new_rows = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let (number, name) = (text(row, ordinal), text(row, outer));
            let is_first = index == 0 || outer.is_none() || if number.is_empty() { !name.is_empty() && name != last_outer } else { number != last_ordinal };
            if !number.is_empty() {
                last_ordinal = number;
            }
            if !name.is_empty() || is_first {
                last_outer = name;
            }
            let cells: Vec<String> = (0..columns.len()).map(|at| text(row, Some(at))).collect();
            let place = row.cells.iter().flatten().next().map(|cell| cell.place.clone()).unwrap_or_default();
            new_rows.push(NewRow { cells: &row.cells, is_first, label: label_of(kind, &cells), place });
        }
        Self { rows: new_rows }
    }
}

/// What a row is about: its first inner cell that says something, else the outer ones.
pub fn label_of(kind: &SheetKind, cells: &[String]) -> String {
    let columns = kind.columns();
    let of = |role: Role| columns.iter().zip(cells).filter(move |((other, _), _)| *other == role).map(|(_, cell)| cell);
    let outer = of(Role::Outer).next().filter(|_| first_outer(kind).is_some()).cloned().unwrap_or_default();
    // Fees have no name of their own: what they are called is their kind and the way to hand in.
    let inner = of(Role::Inner).find(|cell| !cell.is_empty()).cloned().unwrap_or_default();
    if inner.is_empty() { outer } else { inner }
}

/// Pairs of an old row and a new one; either may be missing.
pub type Step = (Option<usize>, Option<usize>);

/// Most pairs of rows that are compared.
const MOST_PAIRS: usize = 4_000_000;

/// Old and new rows in the order in which they shall stand.
pub fn align(kind: &SheetKind, old: &[Row], new: &[NewRow<'_>]) -> Vec<Step> {
    let is_same: Vec<Vec<bool>> = if old.len() * new.len() > MOST_PAIRS {
        old.iter().map(|_| Vec::new()).collect()
    } else {
        let columns = kind.columns();
        old.iter().map(|old| new.iter().map(|new| is_equal(&columns, old, new)).collect()).collect()
    };
    let same = |i: usize, j: usize| is_same[i].get(j).copied().unwrap_or(i == j);
    // Longest common part, from behind.
    let mut longest = vec![vec![0u32; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            longest[i][j] = if same(i, j) { longest[i + 1][j + 1] + 1 } else { longest[i + 1][j].max(longest[i][j + 1]) };
        }
    }
    let mut steps = Vec::new();
    let (mut i, mut j) = (0, 0);
    let (mut gap_old, mut gap_new) = (Vec::new(), Vec::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && same(i, j) && longest[i][j] == longest[i + 1][j + 1] + 1 {
            pair_up(kind, old, new, &mut gap_old, &mut gap_new, &mut steps);
            steps.push((Some(i), Some(j)));
            (i, j) = (i + 1, j + 1);
        } else if j >= new.len() || (i < old.len() && longest[i + 1][j] >= longest[i][j + 1]) {
            gap_old.push(i);
            i += 1;
        } else {
            gap_new.push(j);
            j += 1;
        }
    }
    pair_up(kind, old, new, &mut gap_old, &mut gap_new, &mut steps);
    steps
}

/// Between equal rows: first those that are about the same, then one for one, then what is left over.
fn pair_up(kind: &SheetKind, old: &[Row], new: &[NewRow<'_>], gap_old: &mut Vec<usize>, gap_new: &mut Vec<usize>, steps: &mut Vec<Step>) {
    let mut partner: BTreeMap<usize, usize> = BTreeMap::new();
    let mut left: Vec<usize> = Vec::new();
    for i in gap_old.drain(..) {
        let label = label_of(kind, &old[i].cells);
        match gap_new.iter().find(|j| !partner.contains_key(j) && new[**j].label == label) {
            Some(j) => drop(partner.insert(*j, i)),
            None => left.push(i),
        }
    }
    let mut left = left.into_iter();
    let mut local: Vec<Step> = gap_new.drain(..).map(|j| (partner.get(&j).copied().or_else(|| left.next()), Some(j))).collect();
    // What is left over stays before what came after it.
    for i in left {
        let at = local.iter().position(|(other, _)| other.is_some_and(|other| other > i)).unwrap_or(local.len());
        local.insert(at, (Some(i), None));
    }
    steps.append(&mut local);
}

/// Whether a row says the same as before in every column that the list has.
fn is_equal(columns: &[(Role, &'static Column)], old: &Row, new: &NewRow<'_>) -> bool {
    let old_outer = columns.iter().zip(&old.cells);
    old.is_first == new.is_first
        && old_outer.zip(new.cells).all(|(((role, column), before), cell)| {
            let Some(cell) = cell else { return true };
            let now = normal(&cell.text);
            match role {
                Role::Key | Role::Name | Role::Ordinal => true,
                Role::Outer if !new.is_first => true,
                Role::Outer | Role::Inner => {
                    now == *before
                        || value(&now, column.cell).ok().flatten().is_some_and(|value| written(Some(&value), column.cell) == *before && !now.is_empty())
                }
            }
        })
}
