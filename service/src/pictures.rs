//! A person's picture: read by what it is and not by its name, cut to a square, made small, and written anew, so that
//! nothing of the file is left but what is seen (no place, no camera, nothing hidden behind the picture).
use crate::{Actor, Error, Result, Services, blobs, people::Follow, ports::blobs::BlobId};
use domain::{problem::Problem, user::User};
use image::{
    DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder, imageops::FilterType,
};
use std::io::Cursor;
use tokio::sync::Semaphore;

/// The largest file that is looked at, in bytes.
pub const FILE_MAX: u64 = 5 << 20;
/// Both sides of the picture that is kept, in pixels.
const SIDE: u32 = 256;
/// How much of it is kept: more can't be seen at this size.
const QUALITY: u8 = 85;
/// The most pixels that are decoded: what a good camera makes. Asked before anything of the picture is decoded.
const PIXELS_MAX: u64 = 25_000_000;
/// The most memory that a decoder may take.
const MEMORY_MAX: u64 = 128 << 20;

/// One at a time: decoding takes much memory for a moment.
static AT_WORK: Semaphore = Semaphore::const_new(1);

/// Takes a file as the actor's picture. A problem at `file` where it is none that can be read.
pub async fn set(services: &Services, actor: &Actor, file: Vec<u8>) -> Result<User> {
    if file.len() as u64 > FILE_MAX {
        return Err(Error::TooLarge { limit: FILE_MAX });
    }
    let small = in_turn(move || made_small(&file)).await?;
    blobs::kept_for(&*services.blobs, small, async |id| keep(services, actor, Some(id)).await).await
}

/// Takes the picture away. Nothing to take away is fine.
pub async fn remove(services: &Services, actor: &Actor) -> Result<User> {
    keep(services, actor, None).await
}

/// The actor's picture: a JPEG.
pub async fn get(services: &Services, actor: &Actor) -> Result<Vec<u8>> {
    let id: BlobId = actor.user.standing.avatar.as_ref().and_then(|id| id.parse().ok()).ok_or(Error::NotFound)?;
    services.blobs.get(id).await?.ok_or(Error::NotFound)
}

/// The bytes of the one before go with the next sweep, if nobody else has the same.
async fn keep(services: &Services, actor: &Actor, id: Option<BlobId>) -> Result<User> {
    let kept = services.change_person(actor.user.id, Follow::default(), |person| {
        person.user.standing.avatar = id.map(|id| id.to_string());
        Ok(())
    });
    let (user, ()) = kept.await?;
    services.user_changed(actor).await;
    Ok(user)
}

/// Works on a picture when no other is worked on.
pub(crate) async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let _turn = AT_WORK.acquire().await.map_err(|error| Error::Internal(format!("pictures: {error}")))?;
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Internal(format!("a picture: {error}")))?
}

fn made_small(file: &[u8]) -> Result<Vec<u8>> {
    written(&decoded(file)?.resize_to_fill(SIDE, SIDE, FilterType::CatmullRom), QUALITY)
}

/// A picture as one sees it, upright. A problem at `file` where it is none that can be read.
pub(crate) fn decoded(file: &[u8]) -> Result<DynamicImage> {
    let no_picture = || Error::field("file", Problem::NotAPicture);
    let mut reader = ImageReader::new(Cursor::new(file)).with_guessed_format().map_err(|_| no_picture())?;
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) {
        return Err(no_picture());
    }
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MEMORY_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| no_picture())?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Err(Error::field("file", Problem::TooManyPixels { max_megapixels: PIXELS_MAX / 1_000_000 }));
    }
    let upright = decoder.orientation().map_err(|_| no_picture())?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| no_picture())?;
    picture.apply_orientation(upright);
    Ok(picture)
}

/// As a JPEG; what shows through is white.
pub(crate) fn written(picture: &DynamicImage, quality: u8) -> Result<Vec<u8>> {
    let mut paper = image::RgbaImage::from_pixel(picture.width(), picture.height(), image::Rgba([255; 4]));
    image::imageops::overlay(&mut paper, &picture.to_rgba8(), 0, 0);
    let opaque = DynamicImage::ImageRgba8(paper).to_rgb8();
    let mut jpeg = Vec::new();
    let encoded = JpegEncoder::new_with_quality(&mut jpeg, quality).encode_image(&opaque);
    encoded.map_err(|error| Error::Internal(format!("writing a picture: {error}")))?;
    Ok(jpeg)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let picture =
            image::RgbaImage::from_fn(width, height, |x, _| image::Rgba([200, 20, 20, if x == 0 { 0 } else { 255 }]));
        let mut file = Vec::new();
        picture.write_to(&mut Cursor::new(&mut file), ImageFormat::Png).unwrap();
        file
    }

    fn refused(file: &[u8]) -> String {
        match made_small(file) {
            Err(Error::Validation(problems)) => format!("{:?}", problems.0["file"]),
            other => panic!("{:?}", other.map(|bytes| bytes.len())),
        }
    }

    #[test]
    fn a_picture_becomes_a_small_square() {
        for (width, height) in [(400, 300), (30, 900), (1, 1)] {
            let small = made_small(&png(width, height)).unwrap();
            assert!(small.starts_with(&[0xff, 0xd8, 0xff]), "a JPEG");
            let read = image::load_from_memory(&small).unwrap();
            assert_eq!((read.width(), read.height()), (SIDE, SIDE));
        }
    }

    #[test]
    fn nothing_of_the_file_is_left_but_what_is_seen() {
        let mut file = Vec::new();
        image::RgbImage::new(8, 8).write_to(&mut Cursor::new(&mut file), ImageFormat::Jpeg).unwrap();
        // An Exif segment (APP1) with a place in it, behind the start of the image.
        let exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\0 52.520008N 13.404954E";
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        let mut with_place = file[..2].to_vec();
        with_place.extend([0xff, 0xe1]);
        with_place.extend(length);
        with_place.extend(exif);
        with_place.extend(&file[2..]);
        with_place.extend(b"<script>alert(1)</script>");
        let small = made_small(&with_place).unwrap();
        for secret in [&b"Exif"[..], b"52.52", b"<script>"] {
            assert!(!small.windows(secret.len()).any(|window| window == secret));
        }
    }

    #[test]
    fn what_is_no_picture_is_refused_whatever_it_is_called() {
        let whole = png(200, 200);
        for file in [
            &b""[..],
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            b"<!DOCTYPE html><script>alert(1)</script>",
            b"GIF89a\x01\0\x01\0\0\0\0;",
            b"\x89PNG\r\n\x1a\n",
            &whole[..whole.len() / 2],
        ] {
            assert_eq!(refused(file), "NotAPicture", "{:?}", &file[..file.len().min(20)]);
        }
    }

    #[test]
    fn a_huge_picture_is_refused_before_it_is_decoded() {
        // Only a head that promises 30,000 × 30,000 pixels.
        let mut file = png(1, 1);
        file[16..20].copy_from_slice(&30_000_u32.to_be_bytes());
        file[20..24].copy_from_slice(&30_000_u32.to_be_bytes());
        let sum = crc(&file[12..29]);
        file[29..33].copy_from_slice(&sum.to_be_bytes());
        assert_eq!(refused(&file), "TooManyPixels { max_megapixels: 25 }");
    }

    /// CRC-32 as PNG has it (ISO 3309).
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
        })
    }
}
