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

/** Deletes temporary files last modified before some real time; finished files are not touched. */
final class Leftovers extends SimpleFileVisitor<Path> {
  private final long beforeRealMs;
  private int deleted;

  private Leftovers(long beforeRealMs) {
    this.beforeRealMs = beforeRealMs;
  }

  /** Sweeps all folders of data; symbolic links inside of them are not followed. */
  static int sweep(LakeLayout layout, long beforeRealMs) throws IOException {
    Leftovers leftovers = new Leftovers(beforeRealMs);
    for (Folder folder : Folder.values()) {
      Path path = layout.folder(folder);
      if (Files.isDirectory(path)) {
        Files.walkFileTree(path.toRealPath(), leftovers);
      }
    }
    return leftovers.deleted;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    if (DataFiles.isTemporary(Folders.name(file))
        && attributes.isRegularFile()
        && attributes.lastModifiedTime().toMillis() < beforeRealMs
        && Files.deleteIfExists(file)) {
      deleted++;
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
