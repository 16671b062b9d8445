//! Looks for needles in a directory and in the memory of a running process (EXER-15).

use super::limits::{PAGE_BYTES, SCAN_CHUNK_BYTES};
use super::needles::{Needles, patterns};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

/// Every pattern of every needle, by its first two bytes.
pub struct Matcher {
    buckets: Vec<Vec<(Vec<u8>, usize)>>,
    names: Vec<String>,
    overlap: usize,
}

/// What a scan went through and what it found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Bytes looked at.
    pub bytes: u64,
    /// Needles found, by their number, with the first place of each.
    pub needles: BTreeSet<usize>,
    /// In words: what was found where.
    pub places: Vec<String>,
}

impl Found {
    /// Adds what another scan found.
    pub fn add(&mut self, other: Self) {
        self.bytes += other.bytes;
        self.needles.extend(other.needles);
        self.places.extend(other.places);
    }
}

impl Matcher {
    /// A matcher for these needles.
    pub fn new(needles: &Needles) -> Self {
        let mut matcher = Self { buckets: vec![Vec::new(); 1 << 16], names: Vec::new(), overlap: 0 };
        for (number, needle) in needles.all().iter().enumerate() {
            matcher.names.push(needle.what.clone());
            for pattern in patterns(needle) {
                matcher.overlap = matcher.overlap.max(pattern.len());
                let bucket = pattern.first_chunk::<2>().map(|head| usize::from(u16::from_le_bytes(*head)));
                if let Some(bucket) = bucket.and_then(|bucket| matcher.buckets.get_mut(bucket)) {
                    bucket.push((pattern, number));
                }
            }
        }
        matcher
    }

    /// Looks through bytes that lie at `place`.
    pub fn look(&self, bytes: &[u8], place: &dyn Fn() -> String, found: &mut Found) {
        for (at, head) in bytes.windows(2).enumerate() {
            let [low, high] = head else { continue };
            let bucket = usize::from(u16::from_le_bytes([*low, *high]));
            for (pattern, number) in self.buckets.get(bucket).into_iter().flatten() {
                let is_here = bytes.get(at..).is_some_and(|rest| rest.starts_with(pattern));
                if is_here && found.needles.insert(*number) {
                    let what = self.names.get(*number).map_or("?", String::as_str);
                    found.places.push(format!("{what} in {}", place()));
                }
            }
        }
    }

    /// Looks through what a reader gives, in pieces that overlap by the longest pattern.
    fn look_through(
        &self,
        mut from: impl Read,
        place: &dyn Fn() -> String,
        found: &mut Found,
    ) -> io::Result<()> {
        let mut buffer = Vec::with_capacity(SCAN_CHUNK_BYTES + self.overlap);
        loop {
            let read = from.by_ref().take(SCAN_CHUNK_BYTES as u64).read_to_end(&mut buffer)?;
            found.bytes += read as u64;
            self.look(&buffer, place, found);
            if read == 0 {
                return Ok(());
            }
            let keep = buffer.len().saturating_sub(self.overlap);
            buffer.drain(..keep);
        }
    }

    /// Looks through every file under a directory, and at the files' names.
    pub fn directory(&self, dir: &Path) -> io::Result<Found> {
        let mut found = Found::default();
        let mut waiting = vec![dir.to_owned()];
        while let Some(path) = waiting.pop() {
            let place = || path.display().to_string();
            let kind = match fs::symlink_metadata(&path) {
                // A database's side files come and go while the relay runs.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                other => other?.file_type(),
            };
            self.look(path.as_os_str().as_encoded_bytes(), &place, &mut found);
            if kind.is_dir() {
                for entry in fs::read_dir(&path)? {
                    waiting.push(entry?.path());
                }
            } else if kind.is_file() {
                self.look_through(File::open(&path)?, &place, &mut found)?;
            }
        }
        Ok(found)
    }

    /// Looks through all readable memory of a running process.
    ///
    /// The program's own file holds the scenario that is shipped with it, so a read-only page that equals the file is
    /// what everybody has and not what this process learned: it is left out, page by page.
    pub fn memory(&self, pid: u32) -> io::Result<Found> {
        let maps = fs::read_to_string(format!("/proc/{pid}/maps"))?;
        let memory = File::open(format!("/proc/{pid}/mem"))?;
        let program = fs::read_link(format!("/proc/{pid}/exe"))?;
        let image = File::open(format!("/proc/{pid}/exe"))?;
        let mut found = Found::default();
        for region in maps.lines().filter_map(Region::read).filter(Region::is_to_be_read) {
            let shared_image =
                (!region.is_writable && region.path.as_deref() == Some(&program)).then_some(&image);
            self.region(&memory, &region, shared_image, &mut found)?;
        }
        if found.bytes == 0 {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "no memory could be read"));
        }
        Ok(found)
    }

    fn region(
        &self,
        memory: &File,
        region: &Region,
        image: Option<&File>,
        found: &mut Found,
    ) -> io::Result<()> {
        let place = || format!("memory at {:x} {}", region.start, region.name());
        let step = SCAN_CHUNK_BYTES as u64;
        let mut start = region.start;
        while start < region.end {
            let end = region.end.min(start + step + self.overlap as u64);
            let mut bytes = vec![0; usize::try_from(end - start).unwrap_or(0)];
            match memory.read_exact_at(&mut bytes, start) {
                Ok(()) => {}
                // A region that was given back since the list was read holds nothing any more.
                Err(error) if gone(&error) => return Ok(()),
                Err(error) => return Err(error),
            }
            if let Some(image) = image {
                blank_equal_pages(&mut bytes, image, region.offset + (start - region.start));
            }
            found.bytes += bytes.len() as u64;
            self.look(&bytes, &place, found);
            start += step;
        }
        Ok(())
    }
}

/// EIO and EFAULT: the address has no page.
fn gone(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(5 | 14)) || error.kind() == io::ErrorKind::UnexpectedEof
}

fn blank_equal_pages(bytes: &mut [u8], image: &File, offset: u64) {
    let mut original = vec![0; bytes.len()];
    let mut filled = 0;
    while let Some(rest) = original.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match image.read_at(rest, offset + filled as u64) {
            Ok(n) if n > 0 => filled += n,
            _ => break,
        }
    }
    for (page, original) in bytes.chunks_mut(PAGE_BYTES).zip(original.chunks(PAGE_BYTES)) {
        if page == original {
            page.fill(0);
        }
    }
}

/// One line of /proc/PID/maps.
#[derive(Debug, PartialEq, Eq)]
struct Region {
    start: u64,
    end: u64,
    is_readable: bool,
    is_writable: bool,
    offset: u64,
    path: Option<PathBuf>,
}

impl Region {
    fn read(line: &str) -> Option<Self> {
        let mut fields = line.split_whitespace();
        let (start, end) = fields.next()?.split_once('-')?;
        let rights = fields.next()?.as_bytes();
        let offset = u64::from_str_radix(fields.next()?, 16).ok()?;
        let path = fields.skip(2).collect::<Vec<_>>().join(" ");
        Some(Self {
            start: u64::from_str_radix(start, 16).ok()?,
            end: u64::from_str_radix(end, 16).ok()?,
            is_readable: rights.first() == Some(&b'r'),
            is_writable: rights.get(1) == Some(&b'w'),
            offset,
            path: (!path.is_empty()).then(|| PathBuf::from(path)),
        })
    }

    /// The kernel's own pages hold nothing of the process, and cannot be read in this way.
    fn is_to_be_read(&self) -> bool {
        let name = self.name();
        self.is_readable && !name.starts_with("[vvar") && !name.starts_with("[vsyscall")
    }

    fn name(&self) -> String {
        self.path.as_ref().map(|path| path.display().to_string()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, Matcher, Region};
    use crate::exercise::needles::Needles;
    use std::io::Write;
    use std::process::{Command, Stdio};

    fn needles() -> Needles {
        let mut needles = Needles::default();
        needles.add("the passage", "Neither side will strike first, whatever is said in public.".as_bytes());
        needles.add("the name", b"Delegation of Alpha");
        needles.add("the key", &[7, 1, 9, 200, 31, 5, 77, 254, 3, 91, 18, 6]);
        needles
    }

    #[test]
    fn each_shape_is_found_in_a_file_and_in_its_name() {
        // EXER-15
        let dir = tempfile::tempdir().unwrap();
        let matcher = Matcher::new(&needles());
        assert_eq!(matcher.directory(dir.path()).unwrap().needles.len(), 0);
        std::fs::create_dir(dir.path().join("deep")).unwrap();
        std::fs::write(dir.path().join("deep/Delegation of Alpha"), [0; 10]).unwrap();
        let wide: Vec<u8> = "that neither side will strike first: Neither side will strike first"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        std::fs::write(dir.path().join("wide"), wide).unwrap();
        std::fs::write(dir.path().join("hex"), "0701 070109C81F054DFE035B1206").unwrap();
        let found = matcher.directory(dir.path()).unwrap();
        assert_eq!(found.needles.len(), 3, "{:?}", found.places);
    }

    #[test]
    fn a_needle_on_the_edge_of_two_pieces_is_found() {
        // EXER-15
        let matcher = Matcher::new(&needles());
        let mut bytes = vec![0_u8; super::SCAN_CHUNK_BYTES - 5];
        bytes.extend_from_slice(b"Delegation of Alpha");
        let mut found = Found::default();
        matcher.look_through(bytes.as_slice(), &|| "here".to_owned(), &mut found).unwrap();
        assert_eq!((found.needles.len(), found.bytes), (1, bytes.len() as u64));
    }

    #[test]
    fn the_memory_of_a_child_is_read() {
        // EXER-15
        let mut child =
            Command::new("cat").env("KEPT", "Delegation of Alpha").stdin(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(b"\n").unwrap();
        let found = Matcher::new(&needles()).memory(child.id());
        drop(stdin);
        child.wait().unwrap();
        let found = found.unwrap();
        assert!(found.bytes > 0);
        assert_eq!(found.needles.into_iter().collect::<Vec<_>>(), vec![1]);
    }

    #[test]
    fn a_line_of_the_memory_map_is_read() {
        let line = "7f00-8000 r--p 00001000 08:01 1234   /usr/bin/with space";
        let region = Region::read(line).unwrap();
        assert_eq!((region.start, region.end, region.offset), (0x7f00, 0x8000, 0x1000));
        assert!(region.is_readable && !region.is_writable);
        assert_eq!(region.path.unwrap().to_str(), Some("/usr/bin/with space"));
        assert!(!Region::read("7f00-8000 r--p 0 00:00 0 [vvar]").unwrap().is_to_be_read());
        assert_eq!(Region::read("nonsense"), None);
    }
}
