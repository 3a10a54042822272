package dev.noether.flink.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Checks of addresses of web services and of HTTP headers. */
final class WebAddresses {
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(authorization|cookie|token|secret|api-?key|password).*");

    /** The headers that the HTTP client sets, or that a request has anyway. */
    private static final Set<String> OWN =
            Set.of("connection", "content-length", "content-type", "expect", "host", "upgrade", "idempotency-key");

    /** What stands in place of a value that is known later, so that the rest of an address can be checked. */
    private static final Pattern LATER = Pattern.compile("\\$\\{[^}]*\\}|\\{[a-z]+\\}");

    private WebAddresses() {}

    static boolean isAddressOrEmpty(String text) {
        return text.isEmpty() || isAddress(text);
    }

    /** Whether a text is an address with a host. A text that begins with a placeholder is one: it is known later. */
    static boolean isAddress(String text) {
        if (text.startsWith("${")) {
            return Placeholders.isIn(text);
        }
        try {
            URI uri = new URI(LATER.matcher(text).replaceAll("x"));
            String scheme = uri.getScheme();
            return scheme != null && scheme.matches("(?i)https?") && uri.getHost() != null && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /**
     * Returns one line for each header that is wrong, without the value of a secret.
     *
     * @param key key of the option with the headers
     */
    static List<String> headerProblems(String key, Map<String, String> headers) {
        List<String> problems = new ArrayList<>();
        new TreeMap<>(headers).forEach((name, value) -> {
            String header = "`" + key + "." + OptionType.displayText(name) + "` ";
            if (!HEADER.matcher(name).matches()) {
                problems.add(header + "is no name of an HTTP header");
            } else if (OWN.contains(name.toLowerCase(Locale.ROOT))) {
                problems.add(header + "must be left out: each request has its own");
            } else if (SECRET.matcher(name).matches() && !Placeholders.isIn(value)) {
                problems.add(
                        header + "is a secret and must not stand in the file: give it as ${env:NAME} or ${file:/path}");
            } else if (value.chars().anyMatch(character -> character < ' ')) {
                problems.add(header + "must be one line of text");
            }
        });
        return problems;
    }
}
