package dev.noether.lab.reproduce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finished runs on disk, one small JSON file each, so that a second start goes on where the first one ended. Thread-safe. */
final class RunStore {
    private static final Logger LOG = LoggerFactory.getLogger(RunStore.class);

    private final Path folder;
    private final ObjectMapper mapper = new ObjectMapper();

    /** A store in a folder, which is made. */
    RunStore(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** The run of an identity, if it is there; a file that cannot be understood counts as absent, and the run is done again. */
    Optional<RunResult> find(RunIdentity identity) {
        Path file = folder.resolve(identity.fileName());
        try {
            RunResult result = mapper.readValue(Files.readAllBytes(file), RunResult.class);
            return Optional.of(result).filter(found -> found.key().equals(identity.key()));
        } catch (NoSuchFileException exception) {
            return Optional.empty();
        } catch (JsonProcessingException | RuntimeException exception) {
            LOG.warn("{} cannot be understood, the run is done again", file, exception);
            return Optional.empty();
        } catch (IOException exception) {
            throw new UncheckedIOException(file + " cannot be read", exception);
        }
    }

    /** Keeps a run: all of it or nothing, whatever happens meanwhile. */
    void keep(RunIdentity identity, RunResult result) {
        Path file = folder.resolve(identity.fileName());
        Path unfinished = folder.resolve(identity.fileName() + ".part");
        try {
            Files.write(unfinished, mapper.writeValueAsBytes(result));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException exception) {
            throw new UncheckedIOException(file + " cannot be written", exception);
        }
    }
}
