//! Conditions as sentences. A clause says the same on a gate, in a rule and in a filter.

use std::sync::Arc;

use super::Lang;
use crate::id::{ChoiceId, CompanyId, FieldId, MemberId};
use crate::model::{CompanyCard, CustomField, Field, FieldKind, Member, RecordKind};
use crate::money::Money;
use crate::pipeline::{Comparison, Condition, Literal};
use crate::sorted::SortedMap;

/// What a condition's ids are called.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// The fields that the team added.
    pub fields: &'a SortedMap<FieldId, CustomField>,
    /// The team.
    pub members: &'a SortedMap<MemberId, Member>,
    /// The customers.
    pub companies: &'a SortedMap<CompanyId, Arc<CompanyCard>>,
}

phrases! {
    of_customer(field: &str) { zh: "客户的{field}", en: "The customer’s {field}" }
    of_some_contact(field: &str) { zh: "某位联系人的{field}", en: "Some contact’s {field}" }
    of_some_activity(field: &str) { zh: "某项已完成活动的{field}", en: "Some finished activity’s {field}" }
    is_filled(field: &str) { zh: "{field}已填写", en: "{field} is filled in" }
    is_empty(field: &str) { zh: "{field}没有填", en: "{field} is empty" }
    lines_add_up() { zh: "产品合计等于金额", en: "The products add up to the amount" }
    lines_do_not() { zh: "产品合计不等于金额", en: "The products do not add up to the amount" }
    is_value(field: &str, value: &str) { zh: "{field}是{value}", en: "{field} is {value}" }
    is_not_value(field: &str, value: &str) { zh: "{field}不是{value}", en: "{field} is not {value}" }
    is_at_least(field: &str, value: &str) { zh: "{field}至少 {value}", en: "{field} is at least {value}" }
    is_at_most(field: &str, value: &str) { zh: "{field}至多 {value}", en: "{field} is at most {value}" }
    is_from(field: &str, day: &str) { zh: "{field}在 {day} 或之后", en: "{field} is {day} or later" }
    is_until(field: &str, day: &str) { zh: "{field}在 {day} 或之前", en: "{field} is {day} or earlier" }
    has_value(field: &str, value: &str) { zh: "{field}包含{value}", en: "{field} contains {value}" }
    has_not_value(field: &str, value: &str) { zh: "{field}不包含{value}", en: "{field} does not contain {value}" }
    not_so(clause: &str) { zh: "并非：{clause}", en: "Not so: {clause}" }
    grouped(clauses: &str) { zh: "（{clauses}）", en: "({clauses})" }
    quoted(text: &str) { zh: "「{text}」", en: "“{text}”" }
    and_clause() { zh: "，且", en: ", and " }
    or_clause() { zh: "，或", en: ", or " }
    nothing_asked() { zh: "还没有条件", en: "Nothing is asked yet" }
    unknown_name() { zh: "（已不存在）", en: "(no longer there)" }
    compares_filled() { zh: "已填写", en: "is filled in" }
    compares_lines() { zh: "等于金额", en: "add up to the amount" }
    compares_is() { zh: "是", en: "is" }
    compares_equal() { zh: "等于", en: "equals" }
    compares_at_least() { zh: "至少", en: "is at least" }
    compares_at_most() { zh: "至多", en: "is at most" }
    compares_on() { zh: "就在", en: "is on" }
    compares_from() { zh: "在这天或之后", en: "is on or after" }
    compares_until() { zh: "在这天或之前", en: "is on or before" }
    compares_has() { zh: "包含", en: "contains" }
}

impl Lang {
    /// A condition as a sentence.
    pub fn condition(self, condition: &Condition, names: Names<'_>) -> String {
        match condition {
            Condition::All(parts) => self.parts(parts, self.and_clause(), names),
            Condition::Any(parts) => self.parts(parts, self.or_clause(), names),
            Condition::Not(part) => self.denied(part, names),
            Condition::Filled(field) => self.is_filled(&self.asked(*field, names)),
            Condition::Compare { field, is, value } => {
                let (field, said) = (self.asked(*field, names), self.literal(value, names));
                match (is, value) {
                    (Comparison::Has, _) => self.has_value(&field, &said),
                    (Comparison::Equal, _) => self.is_value(&field, &said),
                    (Comparison::AtLeast, Literal::Day(_)) => self.is_from(&field, &said),
                    (Comparison::AtMost, Literal::Day(_)) => self.is_until(&field, &said),
                    (Comparison::AtLeast, _) => self.is_at_least(&field, &said),
                    (Comparison::AtMost, _) => self.is_at_most(&field, &said),
                }
            }
            Condition::LinesAddUp => self.lines_add_up().to_owned(),
        }
    }

    /// How a field of a kind compares, as a form offers it; none for "is filled in".
    pub const fn comparison(self, kind: FieldKind, is: Option<Comparison>) -> &'static str {
        match (is, kind) {
            (None, _) => self.compares_filled(),
            (Some(Comparison::Has), _) => self.compares_has(),
            (Some(Comparison::Equal), FieldKind::Date) => self.compares_on(),
            (Some(Comparison::AtLeast), FieldKind::Date) => self.compares_from(),
            (Some(Comparison::AtMost), FieldKind::Date) => self.compares_until(),
            (Some(Comparison::Equal), FieldKind::Money | FieldKind::Number) => self.compares_equal(),
            (Some(Comparison::Equal), _) => self.compares_is(),
            (Some(Comparison::AtLeast), _) => self.compares_at_least(),
            (Some(Comparison::AtMost), _) => self.compares_at_most(),
        }
    }

    /// An amount in plain digits, in groups of three.
    pub fn plain_money(self, money: Money) -> String {
        let decimal = money.decimal();
        let (whole, part) = decimal.split_once('.').unwrap_or((&decimal, ""));
        let digits = whole.chars().enumerate();
        let spaced = digits.flat_map(|(index, digit)| {
            let begins = index > 0 && (whole.len() - index) % 3 == 0;
            begins.then_some(',').into_iter().chain([digit])
        });
        let (whole, part) = (spaced.collect::<String>(), part.trim_end_matches('0'));
        let dot = if part.is_empty() { "" } else { "." };
        format!("{} {whole}{dot}{part}", money.currency)
    }

    /// A field as sentences name it: one that the team added by its own name.
    fn asked(self, field: Field, names: Names<'_>) -> String {
        match field {
            Field::Custom(id) if !names.fields.contains_key(&id) => self.unknown_name().to_owned(),
            field => self.asked_field(field, names.fields),
        }
    }

    /// A field that a condition asks for, with whose it is; one that the team added by its own name.
    pub fn asked_field(self, field: Field, fields: &SortedMap<FieldId, CustomField>) -> String {
        let name = self.field_name(field, fields);
        match field.record(fields) {
            RecordKind::Deal => name,
            RecordKind::Company => self.of_customer(&name),
            RecordKind::Contact => self.of_some_contact(&name),
            RecordKind::Activity => self.of_some_activity(&name),
        }
    }

    fn parts(self, parts: &[Condition], joint: &str, names: Names<'_>) -> String {
        let said = |part: &Condition| match part {
            Condition::All(inner) | Condition::Any(inner) if parts.len() > 1 && inner.len() > 1 => {
                self.grouped(&self.condition(part, names))
            }
            part => self.condition(part, names),
        };
        match parts {
            [] => self.nothing_asked().to_owned(),
            parts => parts.iter().map(said).collect::<Vec<_>>().join(joint),
        }
    }

    /// What is empty equals nothing and contains nothing, so only these denials have a plain opposite; where several
    /// records have the field, none of them is meant.
    fn denied(self, part: &Condition, names: Names<'_>) -> String {
        match part {
            Condition::Filled(field) | Condition::Compare { field, .. } if field.record(names.fields).is_many() => {
                self.not_so(&self.condition(part, names))
            }
            Condition::Filled(field) => self.is_empty(&self.asked(*field, names)),
            Condition::LinesAddUp => self.lines_do_not().to_owned(),
            Condition::Compare { field, is: Comparison::Equal, value } => {
                self.is_not_value(&self.asked(*field, names), &self.literal(value, names))
            }
            Condition::Compare { field, is: Comparison::Has, value } => {
                self.has_not_value(&self.asked(*field, names), &self.literal(value, names))
            }
            Condition::Not(twice) => self.condition(twice, names),
            Condition::All(_) | Condition::Any(_) => self.not_so(&self.grouped(&self.condition(part, names))),
            Condition::Compare { .. } => self.not_so(&self.condition(part, names)),
        }
    }

    fn literal(self, value: &Literal, names: Names<'_>) -> String {
        let known = |name: Option<&str>| name.unwrap_or_else(|| self.unknown_name()).to_owned();
        match value {
            Literal::Money(money) => self.plain_money(*money),
            Literal::Day(day) => day.to_string(),
            Literal::Text(text) => self.quoted(text),
            Literal::Number(number) => number.to_string(),
            Literal::Choice(choice) => known(self.choice_of(*choice, names.fields)),
            Literal::Person(member) => known(names.members.get(member).map(|member| member.name.as_str())),
            Literal::Company(company) => known(names.companies.get(company).map(|card| card.name.as_str())),
            Literal::Category(category) => self.category(*category).to_owned(),
            Literal::Flag(flag) => if *flag { self.yes() } else { self.no() }.to_owned(),
        }
    }

    fn choice_of(self, id: ChoiceId, fields: &SortedMap<FieldId, CustomField>) -> Option<&str> {
        let choices = fields.values().flat_map(|field| &field.choices);
        choices.into_iter().find(|choice| choice.id == id).map(|choice| choice.name.get(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Role;
    use crate::model::{Category, Choice, RecordKind};
    use crate::money::Currency;
    use crate::number::Number;
    use crate::rules::sample::{acme, company, context, workspace};
    use crate::text::Label;
    use crate::time::Day;
    use crate::workspace::Workspace;

    fn world() -> Workspace {
        let choice = Choice { id: ChoiceId::minted("gold"), name: Label::new("金牌", "Gold") };
        let field = CustomField {
            id: FieldId::minted("tier"),
            on: RecordKind::Deal,
            name: Label::new("级别", "Tier"),
            kind: FieldKind::Choice,
            choices: vec![choice],
            on_card: false,
            rank: 0,
            retired: false,
        };
        let mut world = workspace(crate::rules::sample::bare(crate::rules::sample::tide()));
        for on in RecordKind::ALL.into_iter().filter(|on| *on != RecordKind::Deal) {
            let id = FieldId::minted(&format!("{on:?}"));
            world.fields.insert(id, CustomField { id, on, ..field.clone() });
        }
        world.fields.insert(field.id, field);
        world.companies.insert(acme(), Arc::new(company(acme(), "东岭精密")));
        world
    }

    fn compare(field: Field, is: Comparison, value: Literal) -> Condition {
        Condition::Compare { field, is, value }
    }

    #[test]
    fn every_clause_is_a_sentence_in_both_languages() {
        let not = |part| Condition::Not(Box::new(part));
        let (amount, close) = (Condition::Filled(Field::Amount), Condition::Filled(Field::Close));
        let money = |minor| Literal::Money(Money { minor, currency: Currency::CNY });
        let day = || Literal::Day(Day::new(2026, 3, 1).unwrap());
        let tier = Field::Custom(FieldId::minted("tier"));
        let large = compare(Field::Amount, Comparison::AtLeast, money(123_456_750));
        let li = context(Role::Rep).member;
        let gold = |on: RecordKind| {
            let field = Field::Custom(FieldId::minted(&format!("{on:?}")));
            compare(field, Comparison::Equal, Literal::Choice(ChoiceId::minted("gold")))
        };
        let cases = [
            (amount.clone(), "金额已填写", "Amount is filled in"),
            (not(amount.clone()), "金额没有填", "Amount is empty"),
            (large.clone(), "金额至少 CNY 1,234,567.5", "Amount is at least CNY 1,234,567.5"),
            (not(large), "并非：金额至少 CNY 1,234,567.5", "Not so: Amount is at least CNY 1,234,567.5"),
            (compare(Field::Amount, Comparison::AtMost, money(100)), "金额至多 CNY 1", "Amount is at most CNY 1"),
            (
                compare(Field::Close, Comparison::AtMost, day()),
                "预计成交日在 2026-03-01 或之前",
                "Expected close is 2026-03-01 or earlier",
            ),
            (
                compare(Field::Title, Comparison::Has, Literal::Text("泵".to_owned())),
                "商机名称包含「泵」",
                "Title contains “泵”",
            ),
            (
                compare(Field::Company, Comparison::Equal, Literal::Company(acme())),
                "客户是东岭精密",
                "Customer is 东岭精密",
            ),
            (not(compare(Field::Owner, Comparison::Equal, Literal::Person(li))), "负责人不是Rep", "Owner is not Rep"),
            (
                compare(Field::Category, Comparison::Equal, Literal::Category(Category::Commit)),
                "预测类别是承诺",
                "Forecast category is Commit",
            ),
            (compare(tier, Comparison::Equal, Literal::Choice(ChoiceId::minted("gold"))), "级别是金牌", "Tier is Gold"),
            (gold(RecordKind::Company), "客户的级别是金牌", "The customer’s Tier is Gold"),
            (not(gold(RecordKind::Company)), "客户的级别不是金牌", "The customer’s Tier is not Gold"),
            (gold(RecordKind::Contact), "某位联系人的级别是金牌", "Some contact’s Tier is Gold"),
            (not(gold(RecordKind::Contact)), "并非：某位联系人的级别是金牌", "Not so: Some contact’s Tier is Gold"),
            (
                not(gold(RecordKind::Activity)),
                "并非：某项已完成活动的级别是金牌",
                "Not so: Some finished activity’s Tier is Gold",
            ),
            (
                compare(Field::Custom(FieldId::minted("no")), Comparison::Equal, Literal::Number(Number::whole(3))),
                "（已不存在）是3",
                "(no longer there) is 3",
            ),
            (
                Condition::All(vec![amount.clone(), Condition::Any(vec![close.clone(), Condition::LinesAddUp])]),
                "金额已填写，且（预计成交日已填写，或产品合计等于金额）",
                "Amount is filled in, and (Expected close is filled in, or The products add up to the amount)",
            ),
            (
                not(Condition::Any(vec![amount, close])),
                "并非：（金额已填写，或预计成交日已填写）",
                "Not so: (Amount is filled in, or Expected close is filled in)",
            ),
            (Condition::All(Vec::new()), "还没有条件", "Nothing is asked yet"),
        ];
        let world = world();
        let names = Names { fields: &world.fields, members: &world.members, companies: &world.companies };
        for (condition, zh, en) in cases {
            assert_eq!(Lang::Zh.condition(&condition, names), zh);
            assert_eq!(Lang::En.condition(&condition, names), en);
        }
    }
}
