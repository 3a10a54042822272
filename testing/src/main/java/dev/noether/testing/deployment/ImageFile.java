package dev.noether.testing.deployment;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Dockerfile with stages, as far as this project needs it: what a stage copies, runs and sets, with that of the stages
 * before it.
 *
 * @param arguments the arguments before the first stage, with their defaults
 * @param stages the stages by name, in the order of the file
 */
public record ImageFile(Map<String, String> arguments, Map<String, ImageStage> stages) {
    private static final Pattern STAGE = Pattern.compile("(\\S+)(?: AS (\\S+))?");

    /** Reads a Dockerfile. */
    public static ImageFile read(Path file) {
        Map<String, String> arguments = new LinkedHashMap<>();
        Map<String, ImageStage> stages = new LinkedHashMap<>();
        String current = "";
        for (ImageInstruction instruction : instructions(file)) {
            if (instruction.keyword().equals("FROM")) {
                Matcher stage = STAGE.matcher(instruction.text());
                if (!stage.matches() || stage.group(2) == null) {
                    throw new IllegalArgumentException("a stage needs a name (got " + instruction.text() + ")");
                }
                current = stage.group(2);
                stages.put(current, new ImageStage(current, stage.group(1), new ArrayList<>()));
            } else if (current.isEmpty()) {
                String[] argument = instruction.text().split("=", 2);
                arguments.put(argument[0], argument[1]);
            } else {
                requireNonNull(stages.get(current)).instructions().add(instruction);
            }
        }
        return new ImageFile(arguments, stages);
    }

    /**
     * A stage with the instructions of the stages that it begins from, those first.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public ImageStage stage(String name) {
        ImageStage stage = stages.get(name);
        if (stage == null) {
            throw new IllegalArgumentException("no stage " + name + "; there are " + stages.keySet());
        }
        if (!stages.containsKey(stage.base())) {
            return stage;
        }
        ImageStage base = stage(stage.base());
        List<ImageInstruction> all = new ArrayList<>(base.instructions());
        all.addAll(stage.instructions());
        return new ImageStage(name, base.base(), all);
    }

    private static List<ImageInstruction> instructions(Path file) {
        List<ImageInstruction> instructions = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        try {
            for (String part : Files.readAllLines(file)) {
                if (part.startsWith("#") || part.isBlank()) {
                    continue;
                }
                boolean goesOn = part.endsWith("\\");
                line.append(goesOn ? part.substring(0, part.length() - 1) : part);
                if (!goesOn) {
                    instructions.add(ImageInstruction.parse(line.toString()));
                    line.setLength(0);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
        return instructions;
    }
}
