package dev.noether.cli.infer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.cli.Main;
import dev.noether.embedded.EmbeddedBroker;
import dev.noether.embedded.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command with a real broker, and what {@code check} says of the file that it writes. */
final class InferCommandIT {
    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        broker.createTopics(Topic.plain("load", 2), Topic.plain("binary", 1), Topic.plain("telegraf", 2));
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrapServers());
        properties.put("compression.type", "zstd");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            long start = System.currentTimeMillis() / 1000 - 3600;
            for (int i = 0; i < 200; i++) {
                for (String host : new String[] {"a", "b"}) {
                    String text =
                            "{\"ts\":" + (start + 10L * i) + ",\"host\":\"" + host + "\",\"load\":" + Math.sin(i) + "}";
                    producer.send(new ProducerRecord<>("load", text.getBytes(StandardCharsets.UTF_8)));
                    String time = " " + (start + 10L * i) + "000000000\n";
                    String lines = "system,host=" + host + " load1=" + Math.cos(i) + time + "net,interface=eth0,host="
                            + host + " bytes_recv=" + (10_000_000_000_000L + 500L * i) + "i" + time;
                    producer.send(new ProducerRecord<>("telegraf", lines.getBytes(StandardCharsets.UTF_8)));
                }
            }
            producer.send(new ProducerRecord<>("load", "a".getBytes(StandardCharsets.UTF_8), null));
            producer.send(new ProducerRecord<>("binary", new byte[] {9, 9, 9}));
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void writesAFileThatCheckAccepts() throws Exception {
        Path file = folder.resolve("load.yaml");
        Result result =
                run("infer", "--bootstrap", broker.bootstrapServers(), "--topic", "load", "--out", file.toString());
        assertThat(result.out).contains("Read the newest 400 of about 401 records of load: JSON objects.");
        assertThat(result.out).contains("  b  load = ").contains("./noether check --config " + file);
        assertThat(result.code).isZero();
        assertThat(Files.readString(file))
                .contains("format: json")
                .contains("entity: [host]")
                .contains("time: {path: ts, unit: s}")
                .contains("An entity has a record every 10 s");
        Result check = run("check", "--config", file.toString());
        assertThat(check.out)
                .contains("400 observations of 2 entities")
                .contains("`load`: -")
                .contains("warning: these topics do not exist yet: load.scores, ")
                .doesNotContain("rejected because");
        Result again =
                run("infer", "--bootstrap", broker.bootstrapServers(), "--topic", "load", "--out", file.toString());
        assertThat(again.code).isEqualTo(2);
        assertThat(again.err).contains("exists already");
    }

    @Test
    void writesAnImportWhoseTopicsCheckReads() throws Exception {
        Path file = folder.resolve("telegraf.yaml");
        Result result =
                run("infer", "--bootstrap", broker.bootstrapServers(), "--topic", "telegraf", "--out", file.toString());
        assertThat(result.out)
                .contains("Read the newest 400 of about 400 records of telegraf: lines of InfluxDB's line protocol.")
                .contains("  b  net_bytes_recv = ")
                .contains("400 of 400 records have values of these features.")
                .contains(", then ./noether check --config " + file + ", then ./noether run --config " + file);
        assertThat(result.code).isZero();
        assertThat(Files.readString(file))
                .contains("entity: [host]")
                .contains("interval: PT10S")
                .contains("net_bytes_recv: {name: net.bytes_recv, as: rate}");
        Result check = run("check", "--config", file.toString());
        assertThat(check.out)
                .contains("the import reads telegraf")
                .contains("of the newest 400 records 400 have 800 values of the detector's features: 400 observations"
                        + " of 2 entities")
                .contains("there are no observations yet")
                .contains("0 problems");
        assertThat(check.code).isZero();
        Files.writeString(file, Files.readString(file).replace("topics: telegraf", "topics: [telegraf, tele]"));
        assertThat(run("check", "--config", file.toString()).out)
                .contains("problem: there is no topic tele, which the import reads (source.topics)");
    }

    @Test
    void saysWhatIsWrong() {
        Result binary = run("infer", "--bootstrap", broker.bootstrapServers(), "--topic", "binary");
        assertThat(binary.code).isEqualTo(1);
        assertThat(binary.out).contains("No detector can read them: the format is not known");
        Result missing = run("infer", "--bootstrap", broker.bootstrapServers(), "--topic", "nothing");
        assertThat(missing.code).isEqualTo(2);
        assertThat(missing.err).contains("there is no topic nothing").contains("[binary, load, telegraf]");
    }

    private record Result(int code, String out, String err) {}

    private static Result run(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.commands(() -> false)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
        return new Result(code, out.toString(), err.toString());
    }
}
