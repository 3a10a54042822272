package dev.noether.testing.deployment;

/**
 * One instruction of an {@link ImageFile}.
 *
 * @param keyword such as {@code COPY}
 * @param text what follows it, on one line
 */
public record ImageInstruction(String keyword, String text) {
    static ImageInstruction parse(String line) {
        String[] parts = line.strip().split("\\s+", 2);
        if (parts.length != 2) {
            throw new IllegalArgumentException("an instruction needs arguments (got " + line + ")");
        }
        return new ImageInstruction(parts[0], parts[1].replaceAll("\\s+", " "));
    }
}
