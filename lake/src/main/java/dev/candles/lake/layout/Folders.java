package dev.candles.lake.layout;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lists folders. A symbolic link is never followed. */
public final class Folders {
  private Folders() {}

  /**
   * The folders directly in {@code parent}, by name; none if it is absent.
   *
   * @throws IOException if it cannot be listed
   */
  public static List<Path> in(Path parent) throws IOException {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
      for (Path entry : entries) {
        if (isFolder(entry)) {
          folders.add(entry);
        }
      }
    } catch (NoSuchFileException absent) {
      return List.of();
    } catch (DirectoryIteratorException broken) {
      throw broken.getCause();
    }
    Collections.sort(folders);
    return folders;
  }

  /** Whether it is a folder, and no link to one. */
  static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether a file in a folder can be called so. */
  public static boolean isName(String name) {
    try {
      return name.indexOf('/') < 0 && name.indexOf('\\') < 0 && Path.of(name).getNameCount() == 1;
    } catch (InvalidPathException e) {
      return false; // the caller reports the name
    }
  }

  /**
   * Whether a file is found again by its name as text. One with bytes that are no text is not: its
   * name as text is another file's.
   */
  public static boolean isNamed(Path file) {
    String name = name(file);
    return isName(name) && file.resolveSibling(name).equals(file);
  }

  /** The last name of a path. */
  public static String name(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }
}
