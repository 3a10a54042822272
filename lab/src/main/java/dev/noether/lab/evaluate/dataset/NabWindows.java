package dev.noether.lab.evaluate.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.cli.data.StreamDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The anomaly windows of the Numenta Anomaly Benchmark, {@code windows.json}: for each file, pairs of first and last
 * time.
 *
 * @param file where they stand
 */
record NabWindows(Path file) {
    private static final String NAME = "windows.json";

    /**
     * One window.
     *
     * @param first its first time, milliseconds since 1970 UTC
     * @param last its last time, inclusive
     */
    record Window(long first, long last) {
        boolean contains(long time) {
            return time >= first && time <= last;
        }
    }

    /** Finds the windows of a folder's files: in the folder, or in the one above it; null if there are none. */
    static @Nullable NabWindows of(Path folder) {
        Path here = folder.resolve(NAME);
        Path above = folder.toAbsolutePath().normalize().resolveSibling(NAME);
        if (Files.isRegularFile(here)) {
            return new NabWindows(here);
        }
        if (Files.isRegularFile(above)) {
            return new NabWindows(above);
        }
        return null;
    }

    /**
     * The windows of one file.
     *
     * @param key folder and file, as in {@code realKnownCause/nyc_taxi.csv}
     * @throws StreamDataException if the file is not named, or a window is none
     */
    List<Window> of(String key) {
        JsonNode pairs = read().get(key);
        if (pairs == null || !pairs.isArray()) {
            throw new StreamDataException(file + " has no windows for `" + key + "`");
        }
        List<Window> windows = new ArrayList<>();
        CsvFile named = new CsvFile(file);
        for (JsonNode pair : pairs) {
            if (pair.size() != 2) {
                throw new StreamDataException(
                        file + ": a window of `" + key + "` is " + pair + ", expected a first and a last time");
            }
            windows.add(new Window(
                    SkabFile.millis(named, pair.get(0).asText(), 1),
                    SkabFile.millis(named, pair.get(1).asText(), 1)));
        }
        return windows;
    }

    private JsonNode read() {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (JsonProcessingException exception) {
            throw new StreamDataException(file + " is no JSON: " + exception.getOriginalMessage(), exception);
        } catch (IOException exception) {
            throw StreamDataException.unreadable(file, exception);
        }
    }
}
