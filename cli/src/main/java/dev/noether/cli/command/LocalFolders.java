package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.flink.config.DetectorConfig;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.fs.FileSystem;

/**
 * The check that Flink inside this process can open the folders of a detector. Object stores such as {@code s3://} need
 * a plugin, which only a Flink cluster has.
 */
final class LocalFolders {
    private LocalFolders() {}

    /**
     * Checks the model store and the folder of the checkpoints.
     *
     * @throws BadUseException with one line for each folder that cannot be opened
     */
    static void check(DetectorConfig config) {
        Map<String, URI> folders = new LinkedHashMap<>();
        folders.put("model.store", config.model().store());
        folders.put("checkpoints.directory", config.checkpoints().directory());
        List<String> problems = new ArrayList<>();
        folders.forEach((key, folder) -> {
            try {
                FileSystem.get(folder);
            } catch (IOException exception) {
                problems.add("`" + key + "` must be a folder on this machine (got " + folder + "): there is no file"
                        + " system for " + folder.getScheme()
                        + ": in this process; a Flink cluster with its plugin can use it");
            }
        });
        if (!problems.isEmpty()) {
            throw new BadUseException(String.join("\nnoether: ", problems));
        }
    }
}
