package dev.noether.flink.notify;

import dev.noether.schemas.Incident;
import dev.noether.schemas.output.OutputCodec;
import dev.noether.schemas.output.OutputFormat;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A web service of the user's own. Each request is the incident in the published JSON format, with the change and the
 * key in headers. With a secret, the header {@value #SIGNATURE} is {@code t=SECONDS,v1=HEX}, where HEX is the HMAC
 * SHA-256 of {@code SECONDS.BODY}: the time in it lets the service refuse an old request that is sent again.
 */
final class WebhookReceiver implements Receiver {
    static final String KEY = "Idempotency-Key";
    static final String CHANGE = "X-Noether-Event";
    static final String SIGNATURE = "X-Noether-Signature";

    private static final String ALGORITHM = "HmacSHA256";

    private final URI address;
    private final byte[] secret;
    private final Map<String, String> headers;
    private final WebClient web;
    private final Clock clock;
    private final OutputCodec<Incident> codec = OutputCodec.incidents(OutputFormat.JSON);

    /**
     * Makes a receiver.
     *
     * @param secret key of the signatures; empty for unsigned requests
     * @param headers further headers
     */
    WebhookReceiver(URI address, String secret, Map<String, String> headers, WebClient web, Clock clock) {
        this.address = address;
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.headers = Map.copyOf(headers);
        this.web = web;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public Answer tell(Notice notice) throws InterruptedException {
        byte[] body = codec.encode(notice.incident());
        Map<String, String> all = new TreeMap<>(headers);
        all.put(KEY, notice.key());
        all.put(CHANGE, IncidentText.lower(notice.change()));
        if (secret.length > 0) {
            all.put(SIGNATURE, signature(clock.millis() / 1000, body));
        }
        return web.post(address, all, body);
    }

    private String signature(long seconds, byte[] body) {
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes((seconds + ".").getBytes(StandardCharsets.UTF_8));
        signed.writeBytes(body);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(signed.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
