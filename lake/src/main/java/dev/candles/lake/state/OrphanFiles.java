package dev.candles.lake.state;

import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.Folders;
import dev.candles.lake.layout.LakeLayout;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Temporary files that nobody will finish, as they were found; finished files are not touched. */
final class OrphanFiles extends SimpleFileVisitor<Path> {
  private final BiPredicate<String, BasicFileAttributes> left;
  private final List<Path> found = new ArrayList<>();

  private OrphanFiles(BiPredicate<String, BasicFileAttributes> left) {
    this.left = left;
  }

  /** All temporary files of one folder that were last modified before some time, epoch ms. */
  static OrphanFiles before(Path folder, long realMs) throws IOException {
    return find(
        List.of(folder),
        (name, file) -> DataFiles.isTemporary(name) && file.lastModifiedTime().toMillis() < realMs);
  }

  /** All that a collector left unfinished; none may run. */
  static OrphanFiles inProgress(LakeLayout layout) throws IOException {
    return find(folders(layout), (name, file) -> DataFiles.isInProgress(name));
  }

  /** The folders of data that are there. */
  static List<Path> folders(LakeLayout layout) {
    return Stream.of(Folder.values()).map(layout::folder).filter(Files::isDirectory).toList();
  }

  /** Symbolic links inside of the folders are not followed. */
  private static OrphanFiles find(List<Path> folders, BiPredicate<String, BasicFileAttributes> left)
      throws IOException {
    OrphanFiles leftovers = new OrphanFiles(left);
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        Files.walkFileTree(folder.toRealPath(), leftovers);
      }
    }
    return leftovers;
  }

  /** Deletes those that are still there as they were found, and no other; returns how many. */
  int delete() throws IOException {
    int deleted = 0;
    for (Path file : found) {
      deleted += isStillLeft(file) && Files.deleteIfExists(file) ? 1 : 0;
    }
    return deleted;
  }

  /** A manifest, for one, is always written under the same temporary name. */
  private boolean isStillLeft(Path file) throws IOException {
    try {
      return left.test(
          Folders.name(file),
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    if (attributes.isRegularFile() && left.test(Folders.name(file), attributes)) {
      found.add(file);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException error) throws IOException {
    if (error instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE; // committed or compacted since it was listed
    }
    throw error;
  }
}
