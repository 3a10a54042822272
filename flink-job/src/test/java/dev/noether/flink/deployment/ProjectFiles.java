package dev.noether.flink.deployment;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the files of the project's top folder, wherever the test was started. */
final class ProjectFiles {
    private ProjectFiles() {}

    static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("docker-compose.yml"))) {
                return folder;
            }
        }
        throw new IllegalStateException("no docker-compose.yml in "
                + Path.of("").toAbsolutePath() + " or above it: the test must run inside the project");
    }

    static Path file(String relative) {
        return root().resolve(relative);
    }
}
