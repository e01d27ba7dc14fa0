//! The filter as a form: what is chosen is shown at once behind it.

use leptos::prelude::*;
use shared::id::CompanyId;
use shared::model::{Category, Field};
use shared::view::{Filter, Flag};

use super::scene::Scene;
use super::tools::change;
use crate::pages::condition::condition_editor;
use crate::pages::forms::like;
use crate::widgets::dialog::Dialog;
use crate::widgets::input::switch;

pub(super) fn filter_sheet(scene: Scene, close: Callback<()>) -> impl IntoView {
    let (desk, lang) = (scene.desk, scene.desk.lang);
    let members = desk.mirror().members.get_untracked();
    let owners = members.values().map(|member| (Some(member.id), member.name.clone()));
    let owners = owners.chain([(None, lang.nobody().to_owned())]);
    let owners = owners.map(|(owner, name)| {
        choice(
            scene,
            name,
            move |filter| filter.owners.contains(&owner),
            move |filter, on| set(&mut filter.owners, owner, on),
        )
    });
    let categories = Category::ALL.into_iter().rev().map(|category| {
        let name = lang.category(category).to_owned();
        let is_on = move |filter: &Filter| filter.categories.contains(&category);
        choice(scene, name, is_on, move |filter, on| set(&mut filter.categories, category, on))
    });
    let flags = Flag::ALL.map(|flag| {
        let is_on = move |filter: &Filter| filter.flags.contains(&flag);
        choice(scene, lang.flag(flag).to_owned(), is_on, move |filter, on| set(&mut filter.flags, flag, on))
    });
    let (owners, categories, flags) =
        (owners.collect_view(), categories.collect_view(), flags.into_iter().collect_view());
    view! {
        <Dialog title=lang.filter() close=lang.close() on_close=close>
            <div class="filter" data-testid="filter-sheet">
                <p class="hint">{lang.filter_hint()}</p>
                <fieldset><legend>{lang.flags()}</legend>{flags}</fieldset>
                <fieldset><legend>{lang.owners()}</legend>{owners}</fieldset>
                <fieldset><legend>{lang.categories()}</legend>{categories}</fieldset>
                <fieldset class="wide"><legend>{lang.found_kind(shared::search::Kind::Company)}</legend>{companies(scene)}</fieldset>
                <fieldset class="wide"><legend>{lang.a_condition()}</legend>{condition(scene)}</fieldset>
                <footer>
                    <button type="button" class="button" on:click=move |_| change(scene, |shown| shown.filter = Filter::default())>
                        {lang.clear_filter()}
                    </button>
                    <button type="button" class="primary" on:click=move |_| close.run(())>{lang.close()}</button>
                </footer>
            </div>
        </Dialog>
    }
}

fn choice(
    scene: Scene,
    name: String,
    is_on: impl Fn(&Filter) -> bool + Send + Sync + 'static,
    choose: impl Fn(&mut Filter, bool) + Send + Sync + 'static,
) -> impl IntoView {
    let now = Signal::derive(move || scene.shown.with(|shown| is_on(&shown.filter)));
    switch(name, now, Callback::new(move |on| change(scene, |shown| choose(&mut shown.filter, on))))
}

/// Puts something among others, or takes it out.
pub(super) fn set<T: Ord>(all: &mut shared::sorted::SortedSet<T>, each: T, on: bool) {
    match on {
        true => all.insert(each),
        false => all.remove(&each),
    };
}

/// Customers are too many for a list of switches: one is typed, the chosen ones can be taken out again.
fn companies(scene: Scene) -> impl IntoView {
    let (desk, lang) = (scene.desk, scene.desk.lang);
    let typed = RwSignal::new(String::new());
    let companies = desk.mirror().companies();
    let offered = Memo::new(move |_| companies.with(|all| typed.with(|typed| like(all.values(), typed))));
    let known = move || {
        let wanted = typed.with(|typed| typed.trim().to_lowercase());
        offered.with(|offered| offered.iter().find(|(name, _)| name.to_lowercase() == wanted).map(|(_, id)| *id))
    };
    let add = move |_| {
        if let Some(company) = untrack(known) {
            typed.set(String::new());
            change(scene, |shown| set(&mut shown.filter.companies, company, true));
        }
    };
    let chosen = move || {
        let companies: Vec<CompanyId> = scene.shown.with(|shown| shown.filter.companies.iter().copied().collect());
        let switch = |company: CompanyId| {
            let is_on = move |filter: &Filter| filter.companies.contains(&company);
            choice(scene, desk.company(Some(company)), is_on, move |filter, on| set(&mut filter.companies, company, on))
        };
        companies.into_iter().map(switch).collect_view()
    };
    view! {
        {chosen}
        <div class="adding">
            <label class="field">
                <span class="said">{lang.field(Field::Company)}</span>
                <input type="text" name="company" list="offered" autocomplete="off" placeholder=lang.field(Field::Company)
                    prop:value=move || typed.get() on:input=move |event| typed.set(event_target_value(&event))/>
                <datalist id="offered">
                    {move || offered.get().into_iter().map(|(name, _)| view! { <option value=name></option> }).collect_view()}
                </datalist>
            </label>
            <button type="button" class="button" disabled=move || known().is_none() on:click=add>{lang.add_to_filter()}</button>
        </div>
    }
}

fn condition(scene: Scene) -> impl IntoView {
    let target = RwSignal::new(scene.shown.with_untracked(|shown| shown.filter.condition.clone()));
    Effect::new(move |_| {
        let wanted = target.get();
        if scene.shown.with_untracked(|shown| shown.filter.condition != wanted) {
            change(scene, |shown| shown.filter.condition = wanted);
        }
    });
    condition_editor(scene.desk, target)
}
