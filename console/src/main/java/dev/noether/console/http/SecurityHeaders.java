package dev.noether.console.http;

import java.util.Map;
import org.eclipse.jetty.http.HttpFields;

/** The headers of every answer: the page may load and ask nothing but this server, and nobody may frame it. */
final class SecurityHeaders {
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    private SecurityHeaders() {}

    static void add(HttpFields.Mutable headers) {
        HEADERS.forEach(headers::put);
    }
}
