package dev.noether.testing.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Where the paths, host names and ports of containers are on this machine. Not thread-safe. */
final class ContainerPaths {
    private static final String FLINK = "/opt/flink/";

    private final Map<String, String> local = new LinkedHashMap<>();
    private final Set<String> shown = new HashSet<>();
    private final Path folder;
    private final FlinkHome flink;

    ContainerPaths(Path folder, FlinkHome flink) {
        this.folder = folder;
        this.flink = flink;
    }

    /** Exchanges a word. */
    void put(String word, String replacement) {
        local.put(word, replacement);
    }

    /** The folder that stands for a named volume. */
    Path volume(String name) {
        return folder.resolve("volumes").resolve(name);
    }

    /** Whether a mount is a configuration, which needs local addresses. */
    boolean isConfiguration(ComposeMount mount) {
        return mount.source().startsWith("./deploy/flink") || mount.source().startsWith("./deploy/detector.yaml");
    }

    /** Shows a mount at its path; false if something was there. */
    boolean show(ComposeMount mount) throws IOException {
        if (!shown.add(mount.target())) {
            return false;
        }
        if (mount.isVolume()) {
            put(mount.target(), Files.createDirectories(volume(mount.source())).toString());
        } else if (mount.target().startsWith(FLINK)) {
            flink.mount(ProjectFiles.file(mount.source()), mount.target().substring(FLINK.length()));
        } else {
            Path source = isConfiguration(mount) ? folder.resolve(mount.source()) : ProjectFiles.file(mount.source());
            put(mount.target(), source.normalize().toString());
        }
        return true;
    }

    /** Shows what an image copies, where nothing was shown before. */
    void show(ImageCopy copy) {
        for (String source : copy.sources()) {
            String target = copy.targetOf(source);
            if (!shown.add(target)) {
                continue;
            }
            Path original = ProjectFiles.file(ImageCopy.inProject(source)).normalize();
            if (target.startsWith(FLINK)) {
                flink.mount(original, target.substring(FLINK.length()));
            } else {
                put(target, original.toString());
            }
        }
    }

    /** A word with everything exchanged; longest first, so that no path is taken for another that it begins with. */
    String local(String word) {
        String exchanged = word;
        for (String from : local.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            exchanged = exchanged.replace(from, local.get(from));
        }
        return exchanged;
    }
}
