package dev.noether.lab.reproduce.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finished runs on disk, one small JSON file each, so that a second start continues the first one. Thread-safe. */
public final class RunStore {
    private static final Logger LOG = LoggerFactory.getLogger(RunStore.class);

    private final Path folder;

    /** Opens the store in a folder, and creates the folder if it does not exist. */
    public RunStore(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /**
     * The stored run of an identity, if there is one. A file that cannot be parsed counts as absent, so that the run is
     * repeated.
     */
    Optional<RunResult> find(RunIdentity identity) {
        Path file = folder.resolve(identity.fileName());
        try {
            RunResult result = RunResultJson.decode(Files.readAllBytes(file));
            return Optional.of(result).filter(found -> found.key().equals(identity.key()));
        } catch (NoSuchFileException exception) {
            return Optional.empty();
        } catch (JsonProcessingException | RuntimeException exception) {
            LOG.warn("{} is not a stored run; the run is repeated", file, exception);
            return Optional.empty();
        } catch (IOException exception) {
            throw new UncheckedIOException(file + " cannot be read", exception);
        }
    }

    /** Stores a run atomically: after a crash the file is complete or absent. */
    void store(RunIdentity identity, RunResult result) {
        Path file = folder.resolve(identity.fileName());
        Path unfinished = folder.resolve(identity.fileName() + ".part");
        try {
            Files.write(unfinished, RunResultJson.encode(result));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException exception) {
            throw new UncheckedIOException(file + " cannot be written", exception);
        }
    }
}
