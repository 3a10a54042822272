package dev.noether.console.http;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request is meant for this server. On loopback, the name of the host must be one of loopback, so that a page
 * of another site whose name is made to point to this machine (DNS rebinding) cannot ask. Immutable; thread safe.
 *
 * @param isLoopback whether the server listens on loopback only
 */
record HostCheck(boolean isLoopback) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Whether the name of the host, without the port, is allowed. */
    boolean allows(@Nullable String host) {
        return !isLoopback || host != null && LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
    }

    /**
     * Whether a request of a page of some origin is allowed: one of this server.
     *
     * @param origin the header Origin; null if there is none
     * @param scheme scheme of the request
     * @param host the header Host
     */
    static boolean isOwn(@Nullable String origin, String scheme, @Nullable String host) {
        if (origin == null) {
            return true;
        }
        try {
            URI uri = URI.create(origin);
            // A proxy may speak HTTPS for this server: then the scheme differs and the host does not.
            return host != null
                    && uri.getAuthority() != null
                    && withPort(uri.getAuthority(), uri.getScheme()).equals(withPort(host, uri.getScheme()))
                    && (scheme.equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String withPort(String authority, @Nullable String scheme) {
        boolean hasPort = authority.matches(".*:\\d+$");
        String text = authority.toLowerCase(Locale.ROOT);
        return hasPort ? text : text + ("https".equals(scheme) ? ":443" : ":80");
    }
}
