package dev.noether.console.http;

import dev.noether.console.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
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
    private static final int HEAVY_AT_ONCE = 2;
    private static final int LEAST_GZIP_BYTES = 1_000;

    private final HttpRoutes routes;
    private final HostCheck hosts;
    private final EventStreams streams;
    private final RouterLimits limits;
    private final PageFiles files = new PageFiles();
    private final Semaphore heavy = new Semaphore(HEAVY_AT_ONCE, true);

    RequestRouter(HttpRoutes routes, HostCheck hosts, EventStreams streams, RouterLimits limits) {
        this.routes = routes;
        this.hosts = hosts;
        this.streams = streams;
        this.limits = limits;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        SecurityHeaders.add(response.getHeaders());
        String path = String.valueOf(request.getHttpURI().getCanonicalPath());
        boolean isHeavy = routes.heavy().contains(path);
        if (isHeavy && !hasPlace()) {
            write(request, response, callback, busy());
            return true;
        }
        try {
            answer(request, response, callback, path);
        } finally {
            if (isHeavy) {
                heavy.release();
            }
        }
        return true;
    }

    private static HttpReply busy() {
        return HttpReply.error(
                new HttpProblem(503, "The console makes other large answers at this moment; ask again.", 1));
    }

    /** Some answers take many megabytes while they are made: few at once, or a small heap does not hold them. */
    private boolean hasPlace() {
        try {
            return heavy.tryAcquire(limits.heavyWait().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void answer(Request request, Response response, Callback callback, String path) {
        HttpReply reply;
        try {
            checkHost(request);
            checkSite(request, path);
            if (path.equals(routes.streamPath()) && isRead(request)) {
                streams.open(request, response, callback);
                return;
            }
            reply = answer(request, path);
        } catch (HttpProblem e) {
            reply = HttpReply.error(e);
        } catch (BadMessageException e) {
            reply = HttpReply.error(new HttpProblem(400, "The request cannot be read: " + e.getReason() + "."));
        } catch (StoreException e) {
            reply = HttpReply.error(new HttpProblem(503, String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.error("The request {} {} failed.", request.getMethod(), path, e);
            reply = HttpReply.error(new HttpProblem(503, "The console cannot answer this; its log says why."));
        }
        write(request, response, callback, reply);
    }

    private void checkHost(Request request) {
        String host = Request.getServerName(request);
        if (!hosts.allows(host)) {
            throw new HttpProblem(400, hosts.refusal(host));
        }
    }

    /** Links from elsewhere lead to the pages; what the pages ask is for them alone. */
    private void checkSite(Request request, String path) {
        String site = request.getHeaders().get("Sec-Fetch-Site");
        boolean isData = routes.queries().containsKey(path)
                || routes.commands().containsKey(path)
                || path.equals(routes.streamPath());
        if (isData && ("cross-site".equals(site) || "same-site".equals(site))) {
            throw new HttpProblem(403, "The request comes from a page of another site.");
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

    private HttpRoutes.Post post(Request request) {
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

    /** Reads the content. A caller that sends it byte by byte must not keep a thread. */
    private byte[] body(Request request) {
        if (request.getLength() > MOST_BODY_BYTES) {
            throw tooLarge();
        }
        CompletableFuture<byte[]> content = Content.Source.asByteArrayAsync(request, MOST_BODY_BYTES);
        try {
            return content.get(limits.body().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            request.fail(e);
            throw new HttpProblem(
                    408, "The content must be sent within " + limits.body().toSeconds() + " seconds.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalStateException) {
                throw tooLarge();
            }
            throw new HttpProblem(400, "The content ends too early.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HttpProblem(503, "The console stops.");
        }
    }

    private static HttpProblem tooLarge() {
        return new HttpProblem(400, "The content must have at most " + MOST_BODY_BYTES + " bytes.");
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
