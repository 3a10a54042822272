package dev.noether.testing.deployment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One stage of an {@link ImageFile}.
 *
 * @param name its name, which is the target of a build
 * @param base the image or the stage that it begins from
 * @param instructions its instructions after the FROM, in their order
 */
public record ImageStage(String name, String base, List<ImageInstruction> instructions) {
    /** What it copies, in the order of the file. */
    public List<ImageCopy> copies() {
        return texts("COPY").stream().map(ImageStage::copy).toList();
    }

    /** The user of its processes; empty if the base decides. */
    public String user() {
        return last("USER");
    }

    /** The words of the entry point; empty if the base decides. */
    public List<String> entryPoint() {
        String text = last("ENTRYPOINT");
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.substring(1, text.length() - 1).split(",", -1))
                        .map(word -> word.strip().replace("\"", ""))
                        .toList();
    }

    /** The environment variables that it sets. */
    public Map<String, String> environment() {
        return assignments("ENV");
    }

    /** The labels, with their values as written. */
    public Map<String, String> labels() {
        return assignments("LABEL");
    }

    /** What follows a keyword, for each instruction of it. */
    public List<String> texts(String keyword) {
        return instructions.stream()
                .filter(instruction -> instruction.keyword().equals(keyword))
                .map(ImageInstruction::text)
                .toList();
    }

    private String last(String keyword) {
        List<String> texts = texts(keyword);
        return texts.isEmpty() ? "" : texts.get(texts.size() - 1);
    }

    private Map<String, String> assignments(String keyword) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String text : texts(keyword)) {
            for (String assignment : text.split(" (?=[A-Za-z_.]+=)", -1)) {
                String[] parts = assignment.split("=", 2);
                values.put(parts[0], parts[1].replace("\"", ""));
            }
        }
        return values;
    }

    private static ImageCopy copy(String text) {
        List<String> words = new ArrayList<>(List.of(text.split(" ", -1)));
        String stage = "";
        if (words.get(0).startsWith("--from=")) {
            stage = words.remove(0).substring("--from=".length());
        }
        return new ImageCopy(stage, words.subList(0, words.size() - 1), words.get(words.size() - 1));
    }
}
