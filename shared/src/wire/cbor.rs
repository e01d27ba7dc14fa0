//! How names are written in frames: of documents and logs as people read them, all others as bytes.

use minicbor::decode::{self, Decoder};
use minicbor::encode::{self, Encoder, Write};
use minicbor::{Decode, Encode};

use crate::change::ChangeHash;
use crate::id::{DeviceId, DocumentId, LogId, MemberId, WorkspaceId};

macro_rules! as_text {
    ($($name:ident),*) => {$(
        impl<C> Encode<C> for $name {
            fn encode<W: Write>(&self, encoder: &mut Encoder<W>, _: &mut C) -> Result<(), encode::Error<W::Error>> {
                encoder.str(&self.to_string())?.ok()
            }
        }

        impl<'b, C> Decode<'b, C> for $name {
            fn decode(decoder: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
                let at = decoder.position();
                decoder.str()?.parse().map_err(|_| decode::Error::message("not an id").at(at))
            }
        }
    )*};
}

as_text!(DocumentId, LogId);

macro_rules! as_bytes {
    ($($name:ident),*) => {$(
        impl<C> Encode<C> for $name {
            fn encode<W: Write>(&self, encoder: &mut Encoder<W>, _: &mut C) -> Result<(), encode::Error<W::Error>> {
                encoder.bytes(self.as_bytes())?.ok()
            }
        }

        impl<'b, C> Decode<'b, C> for $name {
            fn decode(decoder: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
                let at = decoder.position();
                let bytes = decoder.bytes()?.try_into();
                bytes.map(Self::from_bytes).map_err(|_| decode::Error::message("not an id").at(at))
            }
        }
    )*};
}

as_bytes!(DeviceId, MemberId, WorkspaceId);

impl<C> Encode<C> for ChangeHash {
    fn encode<W: Write>(&self, encoder: &mut Encoder<W>, _: &mut C) -> Result<(), encode::Error<W::Error>> {
        encoder.bytes(&self.0)?.ok()
    }
}

impl<'b, C> Decode<'b, C> for ChangeHash {
    fn decode(decoder: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        let at = decoder.position();
        decoder.bytes()?.try_into().map(Self).map_err(|_| decode::Error::message("not a hash").at(at))
    }
}
