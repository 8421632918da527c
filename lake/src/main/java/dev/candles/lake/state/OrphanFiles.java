package dev.candles.lake.state;

import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.Folders;
import dev.candles.lake.layout.LakeLayout;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** Temporary files that nobody will finish, as they were found; finished files are not touched. */
final class OrphanFiles extends SimpleFileVisitor<Path> {
  private final BiPredicate<String, BasicFileAttributes> left;
  private final List<Path> found = new ArrayList<>();

  private OrphanFiles(BiPredicate<String, BasicFileAttributes> left) {
    this.left = left;
  }

  /** All temporary files last modified before some real time, epoch ms. */
  static OrphanFiles before(LakeLayout layout, long realMs) throws IOException {
    return find(
        layout,
        (name, file) -> DataFiles.isTemporary(name) && file.lastModifiedTime().toMillis() < realMs);
  }

  /** All that a collector left unfinished; none may run. */
  static OrphanFiles inProgress(LakeLayout layout) throws IOException {
    return find(layout, (name, file) -> DataFiles.isInProgress(name));
  }

  /** In all folders of data; symbolic links inside of them are not followed. */
  private static OrphanFiles find(LakeLayout layout, BiPredicate<String, BasicFileAttributes> left)
      throws IOException {
    OrphanFiles leftovers = new OrphanFiles(left);
    for (Folder folder : Folder.values()) {
      Path path = layout.folder(folder);
      if (Files.isDirectory(path)) {
        Files.walkFileTree(path.toRealPath(), leftovers);
      }
    }
    return leftovers;
  }

  /** Deletes those that are still there, and no other; returns how many. */
  int delete() throws IOException {
    int deleted = 0;
    for (Path file : found) {
      deleted += Files.deleteIfExists(file) ? 1 : 0;
    }
    return deleted;
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
