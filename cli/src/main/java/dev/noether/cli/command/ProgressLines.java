package dev.noether.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Progress of several detectors: at least a line for each, which begins with its name. */
final class ProgressLines {
    private ProgressLines() {}

    /**
     * Returns the lines, with the texts below one another.
     *
     * @param texts by the name of the detector; a line for each text
     */
    static List<String> of(Map<String, List<String>> texts) {
        int width = texts.keySet().stream().mapToInt(String::length).max().orElse(1);
        List<String> lines = new ArrayList<>();
        texts.forEach((detector, all) -> {
            String name = detector;
            for (String text : all) {
                lines.add(String.format("%-" + width + "s   %s", name, text));
                name = "";
            }
        });
        return lines;
    }
}
