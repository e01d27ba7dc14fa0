//! Where files are, for whoever looks at them; and what is asked of them from the screen.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::{ArcRwSignal, Set as _, Update as _, WithUntracked as _};
use shared::freight::{Carriage, Course, Parcel, Size, shown};
use shared::id::DocumentId;
use shared::model::{FileHash, FileRef, Role};
use shared::sorted::SortedMap;
use wasm_bindgen_futures::spawn_local;

use super::super::Engine;
use super::super::storage::Trouble;
use super::super::tabs::Said;

thread_local! {
    /// What was looked at. It is part of no engine, so that the first part of the program knows nothing of it.
    static SHOWN: RefCell<SortedMap<(DocumentId, FileHash), ArcRwSignal<Carriage>>> = const { RefCell::new(SortedMap::new()) };
    static TURN: ArcRwSignal<u64> = ArcRwSignal::new(0);
}

impl Engine {
    /// Where a file is, and its small picture, from now on. What nobody has taken on its way yet is.
    pub fn watch_file(self: &Rc<Self>, document: DocumentId, file: &FileRef) -> ArcRwSignal<Carriage> {
        let signal = watched(document, file.hash);
        let (engine, file) = (Rc::clone(self), file.clone());
        spawn_local(async move {
            // Where storage does not work it is said elsewhere, and the file is shown as not here.
            let _taken = engine.take_on(document, &file).await;
        });
        signal
    }

    /// Where the small picture of a file is.
    pub fn watch_thumbnail(&self, document: DocumentId, thumbnail: FileHash) -> ArcRwSignal<Carriage> {
        watched(document, thumbnail)
    }

    /// Counts what became different about files.
    pub fn file_turn(&self) -> ArcRwSignal<u64> {
        TURN.with(ArcRwSignal::clone)
    }

    /// Sends files that were attached to a document, once there is a connection.
    ///
    /// # Errors
    /// Storage does not work.
    pub async fn send_files(&self, document: DocumentId, files: &[FileRef]) -> Result<(), Trouble> {
        for file in files {
            self.take_on(document, file).await?;
        }
        Ok(())
    }

    /// Somebody wants a file here, or there, now.
    ///
    /// # Errors
    /// Storage does not work.
    pub async fn fetch_file(&self, document: DocumentId, file: &FileRef) -> Result<(), Trouble> {
        let here = self.files.file(file.hash).await?.is_some();
        if !here {
            // What cannot be read any more is in the way of what can.
            self.files.drop_file(file.hash).await?;
        }
        let known = self.parcels.parcels().await?.into_iter().find(|known| is(known, document, file.hash));
        let course = if here { Course::Up } else { Course::Down };
        let parcel = match known {
            // One that has begun goes on where it is.
            Some(known) if known.course == course => known.anew(),
            Some(_) | None => Parcel::whole(document, file, course),
        };
        self.parcels.put_parcels(&[parcel]).await?;
        self.tell_carried();
        Ok(())
    }

    /// What is here and on no way goes to the relay; a small picture that is not here comes.
    async fn take_on(&self, document: DocumentId, file: &FileRef) -> Result<(), Trouble> {
        let here = self.files.files_here().await?;
        let known = self.parcels.parcels().await?;
        let may_send = self.role() >= Role::least_to_write(document);
        let wanted = Parcel::both(document, file, Course::Up).into_iter().filter_map(|parcel| {
            let is_here = here.contains(&parcel.hash);
            match known.iter().find(|known| is(known, document, parcel.hash)) {
                // Once there and lost here, as after the browser cleared its storage in part.
                Some(known) if known.course == Course::Down || is_here => None,
                _ if is_here => may_send.then_some(parcel),
                _ => (parcel.size == Size::Thumbnail).then_some(Parcel { course: Course::Down, ..parcel }),
            }
        });
        let wanted: Vec<Parcel> = wanted.collect();
        if !wanted.is_empty() {
            self.parcels.put_parcels(&wanted).await?;
            self.tabs.say(&Said::Carried);
        }
        self.courier.ring();
        Ok(())
    }

    /// Shows where everything is that is looked at.
    pub(super) async fn show_files(&self) {
        let (Ok(here), Ok(parcels)) = (self.files.files_here().await, self.parcels.parcels().await) else { return };
        let watched: Vec<_> = SHOWN.with_borrow(|all| all.iter().map(|(key, signal)| (*key, signal.clone())).collect());
        for ((document, hash), signal) in watched {
            let parcel = parcels.iter().find(|parcel| is(parcel, document, hash));
            let carriage = shown(parcel, here.contains(&hash));
            if signal.with_untracked(|before| *before != carriage) {
                signal.set(carriage);
            }
        }
        TURN.with(|turn| turn.update(|turn| *turn += 1));
    }

    fn tell_carried(&self) {
        self.tabs.say(&Said::Carried);
        self.courier.ring();
    }
}

fn is(parcel: &Parcel, document: DocumentId, hash: FileHash) -> bool {
    parcel.document == document && parcel.hash == hash
}

fn watched(document: DocumentId, hash: FileHash) -> ArcRwSignal<Carriage> {
    SHOWN.with_borrow_mut(|all| all.entry((document, hash)).or_insert_with(|| ArcRwSignal::new(Carriage::Away)).clone())
}
