package dev.noether.testing.deployment;

/**
 * One mount of a service, {@code source:target} or {@code source:target:ro}.
 *
 * @param source a path that starts with {@code ./}, or the name of a volume
 * @param target the path in the container
 * @param readOnly whether the service may not write to it
 */
public record ComposeMount(String source, String target, boolean readOnly) {
    public static ComposeMount parse(String text) {
        String[] parts = text.split(":", -1);
        boolean readOnly = parts.length == 3 && parts[2].equals("ro");
        if (parts.length != 2 && !readOnly) {
            throw new IllegalArgumentException("a mount must be source:target or source:target:ro (got " + text + ")");
        }
        return new ComposeMount(parts[0], parts[1], readOnly);
    }

    /** Whether the source is a volume, not a file of the project. */
    public boolean isVolume() {
        return !source.startsWith(".");
    }
}
