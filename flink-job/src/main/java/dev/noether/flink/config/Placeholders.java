package dev.noether.flink.config;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces the placeholders {@code ${env:NAME}} and {@code ${file:/path}} by secrets. Immutable.
 *
 * @param environment the environment variables
 */
record Placeholders(Map<String, String> environment) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}:]*)(?::([^}]*))?\\}");

    private static final int MAX_SECRET_BYTES = 1 << 20;

    static Placeholders ofSystem() {
        return new Placeholders(System.getenv());
    }

    /** Whether a text contains a placeholder of any kind. */
    static boolean isIn(String text) {
        return PLACEHOLDER.matcher(text).find();
    }

    /**
     * Returns the text with its placeholders replaced, without the line breaks at the end of a file. Blanks at its end
     * are part of a secret.
     *
     * @throws IllegalArgumentException if one cannot be replaced; the message never contains a secret
     */
    String resolve(String text) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(2) == null ? "" : matcher.group(2);
            String value = switch (matcher.group(1)) {
                case "env" -> fromEnvironment(name);
                case "file" -> fromFile(name);
                default ->
                    throw new IllegalArgumentException(
                            "holds " + matcher.group() + ", but only ${env:NAME} and ${file:/path} are known");
            };
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(resolved).toString();
    }

    private String fromEnvironment(String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalArgumentException("needs the environment variable " + name + ", which is not set");
        }
        return value;
    }

    private static String fromFile(String path) {
        String secret;
        try {
            secret = withoutLineEnd(BoundedText.read(Path.of(path), MAX_SECRET_BYTES));
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("needs the file " + path + ", which cannot be read", e);
        }
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("needs the file " + path + ", which is empty");
        }
        return secret;
    }

    private static String withoutLineEnd(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(0, end);
    }

    /** Without the environment, which may contain secrets. */
    @Override
    public String toString() {
        return "Placeholders";
    }
}
