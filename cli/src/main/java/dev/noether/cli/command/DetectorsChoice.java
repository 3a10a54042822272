package dev.noether.cli.command;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.DetectorFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that select one detector, or the detectors of a folder, and their Kafka cluster. */
final class DetectorsChoice {
    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec command;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "PATH",
            description = "Configuration file of a detector (YAML), or a folder with a file for each detector.")
    @Nullable
    Path config;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Address of a Kafka broker (default: kafka.bootstrapServers of each file).")
    @Nullable
    String bootstrap;

    /** The file or folder. */
    Path path() {
        Path path = config;
        if (path == null) {
            throw new IllegalStateException("picocli requires the option");
        }
        return path;
    }

    /** Whether a folder was given. */
    boolean isFolder() {
        return Files.isDirectory(path());
    }

    /** Reads the file, or the files of the folder; warnings go to standard error. */
    DetectorFiles load() {
        DetectorFiles files = DetectorFiles.load(path(), this::warn);
        String servers = bootstrap;
        if (servers == null) {
            return files;
        }
        List<DetectorConfig> moved = files.detectors().stream()
                .map(one -> DetectorChoice.at(one, servers))
                .toList();
        return new DetectorFiles(moved, files.problems());
    }

    private void warn(String warning) {
        CommandSpec spec = command;
        if (spec != null) {
            spec.commandLine().getErr().println("noether: warning: " + warning);
            spec.commandLine().getErr().flush();
        }
    }
}
