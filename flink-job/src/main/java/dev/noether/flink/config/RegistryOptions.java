package dev.noether.flink.config;

import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Predicate;

/**
 * The schema registry. It contains no secret: a placeholder names the environment variable or the file with the secret.
 *
 * @param url address; empty for none
 * @param user name for basic authentication; empty for none
 * @param password password for basic authentication, as a placeholder; empty for none
 * @param certificates path of a PEM file with trusted certificates; empty for those of Java
 */
public record RegistryOptions(String url, String user, String password, String certificates) implements Serializable {
    public RegistryOptions {
        RegistrySection.URL.check(url);
        RegistrySection.USER.check(user);
        RegistrySection.PASSWORD.check(password);
        RegistrySection.CERTIFICATES.check(certificates);
        if (user.isEmpty() != password.isEmpty()) {
            throw new IllegalArgumentException(
                    "`registry.user` and `registry.password` must both be given, or neither");
        }
    }

    static RegistryOptions of(OptionValues values) {
        return new RegistryOptions(
                values.get(RegistrySection.URL),
                values.get(RegistrySection.USER),
                values.get(RegistrySection.PASSWORD),
                values.get(RegistrySection.CERTIFICATES));
    }

    /**
     * Returns what a client needs, with the secrets in place of their placeholders. Never log it.
     *
     * @throws ConfigurationException if a placeholder's variable is not set or its file cannot be read
     */
    public RegistryAccess access() {
        return access(Placeholders.ofSystem());
    }

    RegistryAccess access(Placeholders placeholders) {
        ProblemList problems = new ProblemList();
        String name = resolve(placeholders, RegistrySection.USER, user, problems);
        String secret = resolve(placeholders, RegistrySection.PASSWORD, password, problems);
        problems.throwIfAny("schema registry");
        return new RegistryAccess(url, name, secret, certificates);
    }

    private static String resolve(Placeholders placeholders, Option<String> option, String text, ProblemList problems) {
        try {
            return placeholders.resolve(text);
        } catch (IllegalArgumentException e) {
            problems.add(option.key(), String.valueOf(e.getMessage()));
            return "";
        }
    }

    static OptionType<String> urlType() {
        return textType(
                "an address that begins with http:// or https://, without user and password, or empty",
                text -> text.isEmpty() || isUrl(text));
    }

    static OptionType<String> secretType() {
        return new OptionType<>(
                "a placeholder, ${env:NAME} or ${file:/path}, or empty",
                yaml -> yaml instanceof String text ? text : null,
                text -> text.isEmpty() || Placeholders.isIn(text),
                text -> text);
    }

    static OptionType<String> textType(String expectation) {
        return textType(expectation, text -> true);
    }

    private static OptionType<String> textType(String expectation, Predicate<String> valid) {
        return new OptionType<>(expectation, yaml -> yaml instanceof String text ? text : null, valid, text -> text);
    }

    private static boolean isUrl(String text) {
        try {
            URI url = new URI(text);
            return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && url.getHost() != null
                    && url.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
