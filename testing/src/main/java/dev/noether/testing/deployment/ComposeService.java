package dev.noether.testing.deployment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One service of a compose file.
 *
 * @param name its name, which is its host name too
 * @param definition its mapping
 */
public record ComposeService(String name, Map<String, Object> definition) {
    private static final Pattern WITH_DEFAULT = Pattern.compile("\\$\\{[A-Z_]+:-([^}]*)}");

    /** The image with its tag, where no variable says otherwise. */
    public String image() {
        return withDefaults(String.valueOf(definition.get("image")));
    }

    /** The target of the build of its image; empty if the image is not built here. */
    public String buildTarget() {
        return definition.containsKey("build")
                ? String.valueOf(ComposeFile.mapping(definition.get("build")).get("target"))
                : "";
    }

    /** A text with {@code ${NAME:-default}} read as compose does where the variable is not set. */
    public static String withDefaults(String text) {
        return WITH_DEFAULT.matcher(text).replaceAll("$1");
    }

    /** The words of the process: the entry point, then the command. Empty where the image decides. */
    public List<String> entryPoint() {
        return words(definition.get("entrypoint"));
    }

    /** The words of the command, which follow those of the entry point. */
    public List<String> command() {
        return words(definition.get("command"));
    }

    /** The environment variables. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        if (definition.containsKey("environment")) {
            ComposeFile.mapping(definition.get("environment"))
                    .forEach((key, value) -> environment.put(key, String.valueOf(value)));
        }
        return environment;
    }

    /** The mounted files and volumes. */
    public List<ComposeMount> mounts() {
        return words(definition.get("volumes")).stream()
                .map(ComposeMount::parse)
                .toList();
    }

    /** The published ports, as written. */
    public List<String> ports() {
        return words(definition.get("ports"));
    }

    /** The services that must be there before, with their conditions. */
    public Map<String, Object> dependsOn() {
        return definition.containsKey("depends_on") ? ComposeFile.mapping(definition.get("depends_on")) : Map.of();
    }

    /** Whether the service says how its health is checked. */
    public boolean hasHealthCheck() {
        return definition.containsKey("healthcheck");
    }

    /**
     * The words of the health check, a shell's where it is a line for the shell, with {@code $$} read as compose does.
     */
    public List<String> healthCheck() {
        List<String> test = words(
                        ComposeFile.mapping(definition.get("healthcheck")).get("test"))
                .stream()
                .map(word -> word.replace("$$", "$"))
                .toList();
        return switch (test.get(0)) {
            case "CMD" -> test.subList(1, test.size());
            case "CMD-SHELL" -> List.of("sh", "-c", test.get(1));
            default -> throw new IllegalArgumentException("unknown kind of health check: " + test);
        };
    }

    private static List<String> words(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        throw new IllegalArgumentException("write it as a list, so that no shell splits it (got " + value + ")");
    }
}
