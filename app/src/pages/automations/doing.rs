//! What a rule does: one action while it is being written.

use leptos::prelude::*;
use shared::automation::{Action, Setting, Whom};
use shared::id::{AutomationId, CriterionId, FieldId};
use shared::model::{ActivityKind, Category, CustomField, Entry, Field, RecordKind, Role};
use shared::pipeline::Rule;
use shared::text::{Label, Lang};

use super::trigger::{days, kinds};
use crate::engine::clock;
use crate::pages::desk::Desk;
use crate::pages::forms::Draft;
use crate::widgets::input::{select, text};

/// An action; what it fills into a field of the team's own is a draft beside it.
#[derive(Clone, Copy)]
pub(super) struct Doing {
    key: AutomationId,
    action: RwSignal<Action>,
    entry: RwSignal<Draft>,
}

impl Doing {
    pub(super) fn of(lang: Lang, action: &Action) -> Self {
        let entry = match action {
            Action::Set(Setting::Custom(_, entry)) => Some(entry),
            _ => None,
        };
        Self {
            key: clock::fresh(AutomationId::from_bytes),
            action: RwSignal::new(action.clone()),
            entry: RwSignal::new(Draft::of(lang, entry)),
        }
    }

    /// Tells it from the others of its rule.
    pub(super) const fn key(self) -> AutomationId {
        self.key
    }

    pub(super) fn track(self) {
        self.action.track();
        self.entry.get().track();
    }

    /// The action as it stands.
    ///
    /// # Errors
    /// What is wrong with a value, in words.
    pub(super) fn read(self, desk: Desk) -> Result<Action, String> {
        match self.action.get_untracked() {
            Action::Set(Setting::Custom(field, was)) => {
                let fields = desk.mirror().fields;
                let kind = fields.with_untracked(|all| all.get(&field).map_or(was.kind(), |field| field.kind));
                let entry = self.entry.get_untracked().read(desk.lang, kind)?;
                let entry = entry.ok_or_else(|| desk.lang.value_needed().to_owned())?;
                Ok(Action::Set(Setting::Custom(field, entry)))
            }
            action => Ok(action),
        }
    }
}

pub(super) fn doing(desk: Desk, doing: Doing) -> impl IntoView {
    let (sorts, action) = (sorts(desk), doing.action);
    let offered = sorts.clone();
    let same = |one: &Action, other: &Action| std::mem::discriminant(one) == std::mem::discriminant(other);
    let now = move || action.with(|now| offered.iter().map(|(sort, _)| sort).find(|sort| same(sort, now)).cloned());
    let choices = sorts.into_iter().map(|(sort, words)| (Some(sort), words.to_owned())).collect();
    let choose = move |sort: Option<Action>| sort.into_iter().for_each(|sort| action.set(sort));
    let sort = Memo::new(move |_| action.with(std::mem::discriminant));
    view! {
        {select(desk.lang.rule_do().to_owned(), choices, now, choose)}
        {move || { let _sort = sort.get(); detail(desk, doing) }}
    }
}

fn sorts(desk: Desk) -> Vec<(Action, &'static str)> {
    let (lang, none) = (desk.lang, || Label::new("", ""));
    let ask = approvals(desk).first().map(|(criterion, _)| (Action::Ask(*criterion), lang.sort_ask()));
    let others = [
        (Action::Plan { kind: ActivityKind::Call, what: none(), due_after: 3 }, lang.sort_plan()),
        (Action::Remind(none()), lang.sort_remind()),
        (Action::Notify { whom: Whom::Owner, text: none() }, lang.sort_notify()),
        (Action::Set(Setting::Category(Category::Commit)), lang.sort_set()),
    ];
    others.into_iter().chain(ask).collect()
}

fn detail(desk: Desk, doing: Doing) -> AnyView {
    let (lang, action) = (desk.lang, doing.action);
    match action.get_untracked() {
        Action::Plan { kind: first, due_after, .. } => {
            let now = move || action.with(|it| if let Action::Plan { kind, .. } = it { *kind } else { first });
            let choose = move |to| {
                action.update(|it| {
                    if let Action::Plan { kind, .. } = it {
                        *kind = to
                    }
                })
            };
            let due = move |to| {
                action.update(|it| {
                    if let Action::Plan { due_after, .. } = it {
                        *due_after = to
                    }
                })
            };
            view! {
                {select(lang.rule_kind().to_owned(), kinds(lang), now, choose)}
                {days(lang.rule_due(), due_after, due)}
                {words(lang, action)}
            }
            .into_any()
        }
        Action::Remind(_) => words(lang, action),
        Action::Notify { whom: first, .. } => {
            let now = move || action.with(|it| if let Action::Notify { whom, .. } = it { *whom } else { first });
            let choose = move |to| {
                action.update(|it| {
                    if let Action::Notify { whom, .. } = it {
                        *whom = to
                    }
                })
            };
            view! { {select(lang.rule_whom().to_owned(), whom(desk), now, choose)}{words(lang, action)} }.into_any()
        }
        Action::Ask(first) => {
            let now = move || action.with(|it| if let Action::Ask(criterion) = it { *criterion } else { first });
            select(lang.rule_criterion().to_owned(), approvals(desk), now, move |to| action.set(Action::Ask(to)))
        }
        Action::Set(_) => setting(desk, doing),
    }
}

/// The words of a plan, reminder or message, in both languages.
fn words(lang: Lang, action: RwSignal<Action>) -> AnyView {
    let input = move |label: &str, part: fn(&mut Label) -> &mut String| {
        let now =
            move || action.with(|it| label_of(&mut it.clone()).map(|label| part(label).clone()).unwrap_or_default());
        let write = Callback::new(move |to: String| {
            action.update(|it| label_of(it).into_iter().for_each(|label| part(label).clone_from(&to)));
        });
        text(label.to_owned(), "text", Signal::derive(now), write)
    };
    let zh = input(lang.words_zh(), |label| &mut label.zh);
    let en = input(lang.words_en(), |label| &mut label.en);
    match lang {
        Lang::Zh => view! { {zh}{en} }.into_any(),
        Lang::En => view! { {en}{zh} }.into_any(),
    }
}

const fn label_of(action: &mut Action) -> Option<&mut Label> {
    match action {
        Action::Plan { what, .. } | Action::Remind(what) | Action::Notify { text: what, .. } => Some(what),
        Action::Set(_) | Action::Ask(_) => None,
    }
}

fn setting(desk: Desk, doing: Doing) -> AnyView {
    let (lang, action) = (desk.lang, doing.action);
    let field =
        Memo::new(move |_| action.with(|it| if let Action::Set(setting) = it { Some(setting.field()) } else { None }));
    let choose = move |field: Option<Field>| {
        let begun = field.and_then(|field| begun(desk, field));
        begun.into_iter().for_each(|setting| {
            doing.entry.set(Draft::of(lang, None));
            action.set(Action::Set(setting));
        });
    };
    let choices = fields(desk).into_iter().map(|(field, words)| (Some(field), words)).collect();
    view! {
        {select(lang.rule_field().to_owned(), choices, move || field.get(), choose)}
        {move || field.get().map(|field| value(desk, doing, field))}
    }
    .into_any()
}

/// What a rule begins to fill into a field.
fn begun(desk: Desk, field: Field) -> Option<Setting> {
    Some(match field {
        Field::Category => Setting::Category(Category::Commit),
        Field::Close => Setting::CloseIn(30),
        Field::Owner => Setting::Owner(desk.mirror().members.with_untracked(|all| all.keys().next().copied())?),
        Field::Custom(id) => Setting::Custom(id, Entry::Flag(true)),
        _ => return None,
    })
}

fn value(desk: Desk, doing: Doing, field: Field) -> AnyView {
    let (lang, action) = (desk.lang, doing.action);
    let set = move |setting: Setting| action.set(Action::Set(setting));
    let label = lang.rule_value().to_owned();
    match (field, action.get_untracked()) {
        (Field::Custom(id), _) => custom(desk, doing, id),
        (_, Action::Set(Setting::Category(first))) => {
            let choices = Category::ALL.map(|each| (each, lang.category(each).to_owned())).to_vec();
            let now = move || action.with(|it| if let Action::Set(Setting::Category(now)) = it { *now } else { first });
            select(label, choices, now, move |to| set(Setting::Category(to)))
        }
        (_, Action::Set(Setting::Owner(first))) => {
            let members = desk.mirror().members.get_untracked();
            let choices = members.values().map(|member| (member.id, member.name.clone())).collect();
            let now = move || action.with(|it| if let Action::Set(Setting::Owner(now)) = it { *now } else { first });
            select(label, choices, now, move |to| set(Setting::Owner(to)))
        }
        (_, Action::Set(Setting::CloseIn(first))) => days(lang.rule_due(), first, move |to| set(Setting::CloseIn(to))),
        (_, _) => ().into_any(),
    }
}

fn custom(desk: Desk, doing: Doing, id: FieldId) -> AnyView {
    let field = desk.mirror().fields.with_untracked(|all| all.get(&id).cloned());
    field.map(|field| doing.entry.get_untracked().input(desk, &field)).into_any()
}

fn fields(desk: Desk) -> Vec<(Field, String)> {
    let all = desk.mirror().fields.get_untracked();
    let own = CustomField::asked(&all, RecordKind::Deal).into_iter().map(|field| Field::Custom(field.id));
    let plain = [Field::Category, Field::Close, Field::Owner].into_iter();
    plain.chain(own).map(|field| (field, desk.lang.field_name(field, &all))).collect()
}

fn whom(desk: Desk) -> Vec<(Whom, String)> {
    let roles = [Role::Rep, Role::Manager, Role::Owner].map(Whom::Role);
    let members = desk.mirror().members.with_untracked(|all| all.keys().copied().map(Whom::Member).collect::<Vec<_>>());
    let all = std::iter::once(Whom::Owner).chain(roles).chain(members);
    desk.mirror().look(|world| all.map(|whom| (whom, desk.lang.whom(whom, world))).collect())
}

/// Every criterion that asks for an approval.
fn approvals(desk: Desk) -> Vec<(CriterionId, String)> {
    let pipelines = desk.mirror().pipelines.get_untracked();
    let used = pipelines.values().filter(|pipeline| !pipeline.archived);
    let criteria = used.flat_map(|pipeline| &pipeline.stages).flat_map(|stage| &stage.criteria);
    let asking = criteria.filter(|criterion| matches!(criterion.rule, Rule::Approval(_)));
    asking.map(|criterion| (criterion.id, criterion.name.get(desk.lang).to_owned())).collect()
}
