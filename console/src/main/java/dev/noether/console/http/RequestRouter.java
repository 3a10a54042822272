package dev.noether.console.http;

import dev.noether.console.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks each request, finds who answers it, and writes the answer with the headers of every answer. Thread safe. */
final class RequestRouter extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(RequestRouter.class);
    private static final int MOST_BODY_BYTES = 64 << 10;
    private static final int LEAST_GZIP_BYTES = 1_000;

    private final HttpRoutes routes;
    private final HostCheck hosts;
    private final EventStreams streams;
    private final PageFiles files = new PageFiles();

    RequestRouter(HttpRoutes routes, HostCheck hosts, EventStreams streams) {
        this.routes = routes;
        this.hosts = hosts;
        this.streams = streams;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        SecurityHeaders.add(response.getHeaders());
        String path = String.valueOf(request.getHttpURI().getCanonicalPath());
        HttpReply reply;
        try {
            checkHost(request);
            if (path.equals(routes.streamPath()) && isRead(request)) {
                streams.open(request, response, callback);
                return true;
            }
            reply = answer(request, path);
        } catch (HttpProblem e) {
            reply = HttpReply.error(e.status(), String.valueOf(e.getMessage()));
        } catch (BadMessageException e) {
            reply = HttpReply.error(400, "The request cannot be read: " + e.getReason() + ".");
        } catch (StoreException e) {
            reply = HttpReply.error(503, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("The request {} {} failed.", request.getMethod(), path, e);
            reply = HttpReply.error(503, "The console cannot answer this; its log says why.");
        }
        write(request, response, callback, reply);
        return true;
    }

    private void checkHost(Request request) {
        String host = Request.getServerName(request);
        if (!hosts.allows(host)) {
            throw new HttpProblem(
                    400,
                    "The host must be localhost, 127.0.0.1 or [::1], because the console listens on loopback only"
                            + " (got " + host + ").");
        }
    }

    private static boolean isRead(Request request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private HttpReply answer(Request request, String path) {
        HttpRoutes.Command command = routes.commands().get(path);
        if (command != null) {
            requireMethod(request, "POST");
            return command.answer(post(request));
        }
        HttpRoutes.Query query = routes.queries().get(path);
        HttpReply file = query == null ? files.find(path) : null;
        if (query == null && file == null) {
            throw new HttpProblem(404, "There is nothing at " + path + ".");
        }
        if (!isRead(request)) {
            requireMethod(request, "GET");
        }
        return query == null ? notModified(request, file) : query.answer(parameters(request));
    }

    private static QueryParameters parameters(Request request) {
        try {
            return new QueryParameters(Request.extractQueryParameters(request));
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new HttpProblem(400, "The parameters of the address are no UTF-8, or there are too many of them.");
        }
    }

    private static HttpReply notModified(Request request, @Nullable HttpReply file) {
        if (file == null) {
            throw new IllegalStateException("the caller has found the file");
        }
        String tag = file.headers().get("ETag");
        return tag != null && tag.equals(request.getHeaders().get(HttpHeader.IF_NONE_MATCH))
                ? new HttpReply(304, file.type(), new byte[0], file.headers())
                : file;
    }

    private static void requireMethod(Request request, String method) {
        if (!request.getMethod().equals(method)) {
            throw new HttpProblem(405, "The method must be " + method + " (got " + request.getMethod() + ").");
        }
    }

    private static HttpRoutes.Post post(Request request) {
        HttpFields headers = request.getHeaders();
        String scheme = String.valueOf(request.getHttpURI().getScheme());
        if (!HostCheck.isOwn(headers.get(HttpHeader.ORIGIN), scheme, headers.get(HttpHeader.HOST))) {
            throw new HttpProblem(403, "The request comes from a page of another site.");
        }
        String type = headers.get(HttpHeader.CONTENT_TYPE);
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(HttpReply.JSON)) {
            throw new HttpProblem(400, "The content must be " + HttpReply.JSON + " (got " + type + ").");
        }
        return new HttpRoutes.Post(
                () -> body(request),
                headers.get(HttpHeader.AUTHORIZATION),
                String.valueOf(Request.getRemoteAddr(request)));
    }

    private static byte[] body(Request request) {
        try (InputStream in = Request.asInputStream(request)) {
            byte[] bytes = in.readNBytes(MOST_BODY_BYTES + 1);
            if (bytes.length > MOST_BODY_BYTES) {
                throw new HttpProblem(400, "The content must have at most " + MOST_BODY_BYTES + " bytes.");
            }
            return bytes;
        } catch (IOException e) {
            throw new HttpProblem(400, "The content ends too early.");
        }
    }

    private static void write(Request request, Response response, Callback callback, HttpReply reply) {
        HttpFields.Mutable headers = response.getHeaders();
        response.setStatus(reply.status());
        headers.put(HttpHeader.CONTENT_TYPE, reply.type());
        reply.headers().forEach(headers::put);
        byte[] body = reply.body();
        if (body.length >= LEAST_GZIP_BYTES && takesGzip(request)) {
            body = zipped(body);
            headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
        }
        headers.put(HttpHeader.VARY, "Accept-Encoding");
        if (reply.status() != 304) {
            headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        }
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private static boolean takesGzip(Request request) {
        String accepted = request.getHeaders().get(HttpHeader.ACCEPT_ENCODING);
        return accepted != null && accepted.contains("gzip");
    }

    private static byte[] zipped(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
        return bytes.toByteArray();
    }
}
