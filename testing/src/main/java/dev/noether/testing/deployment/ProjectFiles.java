package dev.noether.testing.deployment;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds the files of the project's top folder: the folder of the launcher {@code ./noether}, else the working directory
 * or a folder above it.
 */
public final class ProjectFiles {
    private static final String LAUNCHER_FOLDER = "noether.home";

    private ProjectFiles() {}

    /** The top folder. */
    public static Path root() {
        String launcher = System.getProperty(LAUNCHER_FOLDER);
        if (launcher != null) {
            return Path.of(launcher);
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("docker-compose.yml"))) {
                return folder;
            }
        }
        throw new IllegalStateException(
                "no docker-compose.yml in " + Path.of("").toAbsolutePath() + " or above it: run it inside the project");
    }

    /** A file of the top folder. */
    public static Path file(String relative) {
        return root().resolve(relative);
    }
}
