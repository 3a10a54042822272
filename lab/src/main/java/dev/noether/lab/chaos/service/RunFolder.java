package dev.noether.lab.chaos.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A new folder of one run.
 *
 * @param path the folder, absolute
 */
public record RunFolder(Path path) {
    /** Makes a new folder below another one. */
    public static RunFolder create(Path parent, String prefix) throws IOException {
        Path absolute = Files.createDirectories(parent.toAbsolutePath().normalize());
        return new RunFolder(Files.createTempDirectory(absolute, prefix));
    }

    /** Deletes the folder with everything in it. */
    public void delete() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
