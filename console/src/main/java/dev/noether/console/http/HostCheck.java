package dev.noether.console.http;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request is meant for this server. A page of another site whose name is made to point to this machine (DNS
 * rebinding) has that name in its requests, so only {@code localhost}, addresses and known names are allowed. On
 * loopback, an address must be one of loopback. Immutable; thread safe.
 *
 * @param isLoopback whether the server listens on loopback only
 * @param names further names, in lower case
 */
record HostCheck(boolean isLoopback, Set<String> names) {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+]");

    HostCheck {
        names = Set.copyOf(names);
    }

    /** Whether the name of the host, without the port, is allowed. */
    boolean allows(@Nullable String host) {
        if (host == null) {
            return false;
        }
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || names.contains(name) || (isLoopback ? isLoopback(name) : isAddress(name));
    }

    private static boolean isAddress(String name) {
        return IPV4.matcher(name).matches() || IPV6.matcher(name).matches();
    }

    private static boolean isLoopback(String name) {
        return name.equals("[::1]")
                || name.startsWith("127.") && IPV4.matcher(name).matches();
    }

    /** What a person must know whose request was refused. */
    String refusal(@Nullable String host) {
        return "The host must be localhost, " + (isLoopback ? "127.0.0.1 or [::1]" : "an address")
                + ", or a name in console.hosts (got " + host + ").";
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
