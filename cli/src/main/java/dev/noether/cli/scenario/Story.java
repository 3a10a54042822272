package dev.noether.cli.scenario;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.noether.cli.console.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What happened in a scenario, on the screen and as JSON. Not thread safe. */
public final class Story {
    private final String scenario;
    private final Screen screen;
    private final long start = System.nanoTime();
    private final List<Step> steps = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final Map<String, Double> figures = new LinkedHashMap<>();

    /** Begins a story. */
    public Story(String scenario, Screen screen) {
        this.scenario = scenario;
        this.screen = screen;
    }

    /**
     * One event.
     *
     * @param seconds time since the beginning
     * @param text one sentence
     */
    public record Step(double seconds, String text) {}

    /**
     * One check.
     *
     * @param promise what must hold
     * @param isKept whether it holds
     * @param found what was found
     */
    public record Check(String promise, boolean isKept, String found) {}

    /** Tells what happens. */
    public void tell(String text) {
        double seconds = Math.round((System.nanoTime() - start) / 1e8) / 10.0;
        steps.add(new Step(seconds, text));
        screen.line(String.format(Locale.ROOT, "%6.1f s  %s", seconds, text));
    }

    /** Tells whether a promise was kept. */
    public void check(String promise, boolean isKept, String found) {
        checks.add(new Check(promise, isKept, found));
        screen.line((isKept ? "kept      " : "BROKEN    ") + promise + ": " + found);
    }

    /** Adds a number to the JSON. */
    public void figure(String name, double value) {
        figures.put(name, value);
    }

    /** The promises that were not kept. */
    public List<String> failures() {
        return checks.stream()
                .filter(check -> !check.isKept())
                .map(check -> check.promise() + ": " + check.found())
                .toList();
    }

    /** Writes the story as JSON. */
    public void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("scenario", scenario);
        content.put("steps", steps);
        content.put("checks", checks);
        content.put("figures", figures);
        content.put("failures", failures());
        Files.write(
                file,
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(content));
    }
}
