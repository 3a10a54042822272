package dev.noether.console.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of the page: resources of this module, and those of the library that draws charts. Nothing is read from the
 * disk, and a name with a path in it is no file. Thread safe.
 */
final class PageFiles {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)+");
    private static final String ASSETS = "/assets/";
    private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/";
    private static final Map<String, String> OF_CHARTS = Map.of(
            "uplot.js", CHARTS + "dist/uPlot.iife.min.js",
            "uplot.css", CHARTS + "dist/uPlot.min.css",
            "uplot-LICENSE.txt", CHARTS + "LICENSE");

    private static final Set<String> VIEWS =
            Set.of("/", "/timeline", "/incidents", "/incident", "/entity", "/entities", "/models");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "txt", "text/plain; charset=utf-8");

    private final Map<String, HttpReply> known = new ConcurrentHashMap<>();

    /** Returns the file of a path; null if there is none. */
    @Nullable
    HttpReply find(String path) {
        String resource = resource(path);
        if (resource == null) {
            return null;
        }
        HttpReply reply = known.get(resource);
        if (reply == null) {
            reply = read(resource);
            if (reply != null) {
                known.put(resource, reply);
            }
        }
        return reply;
    }

    private static @Nullable String resource(String path) {
        if (VIEWS.contains(path)) {
            return "/dev/noether/console/page/index.html";
        }
        if (!path.startsWith(ASSETS)) {
            return null;
        }
        String name = path.substring(ASSETS.length());
        String ofCharts = OF_CHARTS.get(name);
        return ofCharts != null ? ofCharts : NAME.matcher(name).matches() ? "/dev/noether/console/page/" + name : null;
    }

    private static @Nullable HttpReply read(String resource) {
        try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                return null;
            }
            byte[] bytes = in.readAllBytes();
            String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
            return new HttpReply(
                    200,
                    type == null ? "text/plain; charset=utf-8" : type,
                    bytes,
                    Map.of("Cache-Control", "no-cache", "ETag", "\"" + hash(bytes) + "\""));
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of this program cannot be read: " + resource, e);
        }
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java has SHA-256", e);
        }
    }
}
