//! Files on a proof: chosen, photographed, or signed on the screen.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::mail::Mail;
use shared::model::{EvidenceKind, FileKind, FileRef};
use shared::text::Lang;

use crate::engine::browser;
use crate::engine::files::AttachError;
use crate::engine::picture::Pad;
use crate::engine::tools::{ToolError, read_mail};
use crate::pages::desk::Desk;

/// What is attached, what was wrong with the last file, and the signature that is being drawn.
#[derive(Clone, Copy)]
pub(super) struct Attached {
    desk: Desk,
    on_mail: Callback<Mail>,
    pub(super) files: RwSignal<Vec<FileRef>>,
    problem: RwSignal<String>,
    pad: StoredValue<Option<Pad>, LocalStorage>,
    signed: RwSignal<bool>,
}

impl Attached {
    pub(super) fn new(desk: Desk, on_mail: Callback<Mail>) -> Self {
        Self {
            desk,
            on_mail,
            files: RwSignal::new(Vec::new()),
            problem: RwSignal::new(String::new()),
            pad: StoredValue::new_local(None),
            signed: RwSignal::new(false),
        }
    }

    fn add(self, file: browser::File) {
        let dispatch = self.desk.dispatch();
        spawn_local(async move {
            let attached = dispatch.attach(&file).await;
            let is_mail = attached.as_ref().is_ok_and(|file| file.kind == FileKind::Mail);
            self.take(attached);
            if is_mail {
                self.take_mail(file).await;
            }
        });
    }

    /// A mail that cannot be read is attached all the same; the person is told to write down what it says.
    async fn take_mail(self, file: browser::File) {
        let lang = self.desk.lang;
        let name = file.name();
        let mail = match browser::bytes(file).await {
            Some(bytes) => read_mail(bytes).await,
            None => Err(ToolError::Unreadable),
        };
        match mail {
            Ok(mail) => self.on_mail.run(mail),
            Err(ToolError::Missing) => self.problem.set(lang.part_missing().to_owned()),
            Err(ToolError::Unreadable) => self.problem.set(lang.mail_not_read(&name)),
        }
    }

    fn sign(self) {
        let (dispatch, pad) = (self.desk.dispatch(), self.pad.get_value());
        let Some(pad) = pad else { return };
        let name = format!("{}.png", self.desk.lang.signature());
        spawn_local(async move {
            self.take(dispatch.attach_drawing(&name, &pad).await);
            pad.clear();
            self.signed.set(false);
        });
    }

    fn take(self, attached: Result<FileRef, AttachError>) {
        let lang = self.desk.lang;
        match attached {
            Ok(file) => {
                self.problem.set(String::new());
                self.files.update(|files| {
                    if files.iter().all(|known| known.hash != file.hash) {
                        files.push(file);
                    }
                });
            }
            Err(AttachError::File(error)) => self.problem.set(lang.file_error(&error)),
            Err(AttachError::Unreadable(name)) => self.problem.set(lang.file_not_read(&name)),
            Err(AttachError::Storage(_)) => self.problem.set(lang.file_not_kept().to_owned()),
        }
    }
}

/// The inputs that fit a kind of proof, and what is attached.
pub(super) fn attachments(attached: Attached, kind: Signal<EvidenceKind>) -> impl IntoView {
    let lang = attached.desk.lang;
    let remove = move |index: usize| {
        attached.files.update(|files| drop(files.remove(index)));
    };
    let row = move |(index, file): (usize, FileRef)| {
        view! {
            <li><span>{file_words(lang, &file)}</span>
                <button type="button" class="link" on:click=move |_| remove(index)>{lang.take_off()}</button></li>
        }
    };
    let is_signed = move || kind.get() == EvidenceKind::SignedDocument;
    view! {
        <div class="attach" role="group" aria-label=lang.attachments()>
            <ul class="files">{move || attached.files.get().into_iter().enumerate().map(row).collect_view()}</ul>
            {chooser(attached, lang.attach_file(), "file", "image/*,.pdf,.eml,.txt,.docx,.xlsx,.pptx", false)}
            <Show when=move || kind.get() == EvidenceKind::Photo>
                {chooser(attached, lang.take_photo(), "photo", "image/*", true)}
            </Show>
            <Show when=is_signed>{signature(attached)}</Show>
            <p class="problem" role="alert">{move || attached.problem.get()}</p>
        </div>
    }
}

/// A file's name, length, and the beginning of its hash.
pub(in crate::pages) fn file_words(lang: Lang, file: &FileRef) -> String {
    let kilobytes = file.size.div_ceil(1024);
    let hash: String = file.hash.to_string().chars().take(8).collect();
    lang.file_line(&file.name, kilobytes, &hash)
}

fn chooser(
    attached: Attached,
    label: &'static str,
    name: &'static str,
    accept: &'static str,
    camera: bool,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        let Some(element) = input.get_untracked() else { return };
        let files = element.files().map(|files| (0..files.length()).filter_map(|at| files.get(at)).collect::<Vec<_>>());
        files.into_iter().flatten().for_each(|file| attached.add(file));
        // The same file can be chosen again after it was taken off.
        element.set_value("");
    };
    view! {
        <label class="button choose">
            {label}
            <input type="file" class="said" name=name accept=accept multiple=!camera
                capture=camera.then_some("environment") node_ref=input on:change=chosen/>
        </label>
    }
}

fn signature(attached: Attached) -> impl IntoView {
    let lang = attached.desk.lang;
    let canvas = NodeRef::<html::Canvas>::new();
    // The canvas takes its size from the page, so drawing begins once it is there.
    Effect::new(move |_| {
        let Some(element) = canvas.get() else { return };
        let pad = Pad::new(&element, move || attached.signed.set(true));
        attached.pad.set_value(pad);
    });
    let clear = move |_| {
        attached.pad.with_value(|pad| pad.iter().for_each(Pad::clear));
        attached.signed.set(false);
    };
    view! {
        <div class="sign">
            <span>{lang.sign_here()}</span>
            <canvas node_ref=canvas aria-label=lang.sign_here() data-testid="signature"></canvas>
            <div class="kinds">
                <button type="button" class="button" on:click=clear>{lang.clear_signature()}</button>
                <button type="button" class="button" disabled=move || !attached.signed.get() data-testid="keep-signature"
                    on:click=move |_| attached.sign()>{lang.keep_signature()}</button>
            </div>
        </div>
    }
}
