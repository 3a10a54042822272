package dev.noether.cli.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.cli.console.ExitCode;
import dev.noether.cli.stream.ObservationPublisher;
import dev.noether.flink.access.AccessCheck;
import dev.noether.flink.access.AccessRight;
import dev.noether.flink.access.AccessRole;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.KafkaConfig;
import dev.noether.flink.feedback.FeedbackTopic;
import dev.noether.flink.job.ImportJob;
import dev.noether.flink.job.ScoringJob;
import dev.noether.flink.kafka.AccessException;
import dev.noether.flink.kafka.KafkaAdministration;
import dev.noether.flink.kafka.TopicException;
import dev.noether.testing.Patience;
import dev.noether.testing.TestingCertificates;
import dev.noether.testing.TestingKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclBinding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A detector whose Kafka has TLS, passwords, certificates of clients and an authorizer that denies by default. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SecuredKafkaIT {
    private static final int ROWS = 50;
    private static final String PASSWORD = "scram-secret-4711";

    @TempDir
    private static Path folder;

    private static SecuredBroker broker;
    private static Path admin;

    @BeforeAll
    static void start() throws Exception {
        broker = new SecuredBroker(folder);
        Path chief = broker.certificates().certificate("chief", "chief.example.com");
        admin = write("admin", broker.address("MUTUAL"), """
                    security.protocol: SSL
                    ssl.truststore.type: PEM
                    ssl.truststore.location: %s
                    ssl.keystore.location: %s
                    ssl.keystore.type: PKCS12
                    ssl.keystore.password: ${file:%s}
                """.formatted(
                        broker.certificates().authority(),
                        chief,
                        Files.writeString(folder.resolve("keystore.password"), TestingCertificates.PASSWORD)));
        broker.admin()
                .createTopics(List.of(new NewTopic("raw", 1, (short) 1)))
                .all()
                .get();
        assertThat(run("topics", "create", "--config", admin)).contains("All topics of fleet exist.");
        for (AccessRole role : AccessRole.values()) {
            broker.user(role.key(), PASSWORD);
            assertThat(run(
                            "topics",
                            "acl",
                            "--config",
                            admin,
                            "--process",
                            role,
                            "--principal",
                            user(role),
                            "--create"))
                    .isEqualTo("%s has the %d rights of %s.%n"
                            .formatted(user(role), rights(role).size(), role.description()));
        }
        publish();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    /** The job of a user with the fewest rights, its log, and the end when a right is taken away. */
    @Test
    void aScoringJobWorksWithTheFewestRightsAndTellsNoSecret() throws Exception {
        Path file = file(AccessRole.SCORE);
        String log;
        try (CapturedLog captured = new CapturedLog();
                RunningCommand score = new RunningCommand("score", "--config", file)) {
            DetectorConfig config = DetectorConfig.load(file);
            Patience.await(
                    "scores",
                    () -> TestingKafka.readAll(broker.address("PLAIN"), "fleet.scores")
                                    .size()
                            == ROWS,
                    score::toString);
            assertThat(run("tail", "scores", "--config", file(AccessRole.TAIL))).contains("UNSCORED");

            AclBinding right = binding(AccessRole.SCORE, "READ on the topic fleet.observations");
            broker.admin().deleteAcls(List.of(right.toFilter())).all().get();
            try {
                assertThat(score.await()).isEqualTo(ExitCode.FAILED);
            } finally {
                broker.admin().createAcls(List.of(right)).all().get();
            }
            assertThat(score.err())
                    .contains("Kafka denies this user the access to the topic fleet.observations; ./noether topics acl")
                    .hasLineCount(1);
            log = captured.text() + score;
            assertThat(graph(config)).as("the job graph").contains("fleet.scores", "authority.pem");
            assertNoSecret(graph(config));
        }
        assertThat(log).contains("sasl.jaas.config = [hidden]");
        assertNoSecret(log);
    }

    @Test
    void aRetrainerAndTheOtherProcessesWorkWithTheFewestRights() throws Exception {
        RunningCommand retrain = new RunningCommand("retrain", "--config", file(AccessRole.RETRAINER));
        assertThat(retrain.await()).as(retrain.toString()).isEqualTo(ExitCode.FAILED);
        assertThat(retrain.err()).contains("a model needs at least");

        DetectorConfig feedback = DetectorConfig.load(file(AccessRole.FEEDBACK));
        new FeedbackTopic(feedback).write(List.of(TestingJudgement.of("fleet")));
        assertThat(new FeedbackTopic(DetectorConfig.load(file(AccessRole.CONSOLE))).read())
                .hasSize(1);
        for (AccessRole role : AccessRole.values()) {
            AccessCheck.require(DetectorConfig.load(file(role)), role);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "TOPICS", mode = EnumSource.Mode.EXCLUDE)
    void eachRightThatIsMissingIsNamedBeforeTheStart(AccessRole role) throws Exception {
        DetectorConfig config = DetectorConfig.load(file(role));
        List<AclBinding> all =
                rights(role).stream().map(right -> right.binding(user(role))).toList();
        String begin = "Kafka at " + broker.address("SASL") + " denies this user ";
        Set<String> removed = new TreeSet<>();
        try {
            // READ last: without any right that includes DESCRIBE, Kafka does not tell the others.
            List<AccessRight> order = new ArrayList<>(rights(role));
            Collections.reverse(order);
            for (AccessRight right : order) {
                broker.admin()
                        .deleteAcls(List.of(right.binding(user(role)).toFilter()))
                        .all()
                        .get();
                removed.add(begin + right.describe() + ", which " + role.description() + " needs");
                Patience.await(
                        "the end of " + right, () -> denied(config, role).equals(removed), () -> denied(config, role));
            }
        } finally {
            broker.admin().createAcls(all).all().get();
        }
        Patience.await("all rights", () -> denied(config, role).isEmpty(), () -> denied(config, role));
    }

    @Test
    void whoIsNotLetInIsToldWhyInOneLine() throws Exception {
        Path strangers =
                new TestingCertificates(folder.resolve("strangers")).certificate("stranger", "stranger.example.com");
        String right = broker.login("score", PASSWORD);
        String authority = broker.certificates().authority().toString();
        String tls = "    security.protocol: SSL\n    ssl.truststore.type: PEM\n    ssl.truststore.location: "
                + authority + "\n";
        List<Refused> all = List.of(
                refused("SASL", right.replace("score.password", "wrong.password"), "refuses the user or the password"),
                refused("SASL", broker.login("nobody", PASSWORD), "must have a user that Kafka knows"),
                refused("SASL", right.replace("SHA-512", "SHA-256"), "does not offer the way to log in"),
                refused("EXPIRED", right, "the certificate of the Kafka broker has expired (NotAfter: "),
                refused("ELSEWHERE", right, "is of another host (No subject alternative names matching IP address"),
                refused(
                        "SASL",
                        right.replace(
                                authority,
                                folder.resolve("strangers/authority.pem").toString()),
                        "is signed by an authority that this process does not trust; "
                                + "`kafka.properties.ssl.truststore.location` must name"),
                refused("MUTUAL", tls, "refuses the certificate of this process"),
                refused("MUTUAL", tls + keys(strangers), "refuses the certificate of this process"),
                refused("OPEN", right, "expects no user and password at this port"));
        for (Refused one : all) {
            int code = one.command().await();
            assertThat(one.command().err())
                    .as(one.listener())
                    .startsWith("noether: ")
                    .contains(broker.address(one.listener()), one.reason())
                    .doesNotContain("Exception", PASSWORD)
                    .hasLineCount(1);
            assertThat(code).isEqualTo(ExitCode.BAD_USE);
        }
    }

    /** Kafka's client gets no answer in these cases, and tries again until its time is over. */
    @Test
    void aPortThatSpeaksAnotherProtocolIsNamed() throws Exception {
        String tls = "    security.protocol: SSL\n    ssl.truststore.type: PEM\n    ssl.truststore.location: "
                + broker.certificates().authority() + "\n";
        assertNoAnswer(
                "OPEN",
                "    linger.ms: 1\n",
                ": the port speaks TLS, and `kafka.properties.security.protocol` is PLAINTEXT; it must be SSL, or"
                        + " SASL_SSL with a user and a password");
        assertNoAnswer(
                "PLAIN",
                tls,
                ": the port does not speak TLS, and `kafka.properties.security.protocol` is SSL; it must be PLAINTEXT,"
                        + " or SASL_PLAINTEXT with a user and a password");
        assertNoAnswer(
                "SASL",
                tls,
                ": the port accepts connections; if it wants a user and a password,"
                        + " `kafka.properties.security.protocol` must be SASL_SSL");
    }

    private static void assertNoAnswer(String listener, String properties, String reason) throws Exception {
        KafkaConfig kafka = DetectorConfig.load(write("silent", broker.address(listener), properties))
                .kafka();
        try (KafkaAdministration silent = new KafkaAdministration(kafka, Duration.ofSeconds(1))) {
            assertThatThrownBy(
                            () -> silent.await(silent.admin().describeCluster().clusterId()))
                    .isInstanceOf(TopicException.class)
                    .hasMessage("no Kafka broker answers at " + broker.address(listener) + " within 1 s" + reason);
        }
    }

    private record Refused(String listener, RunningCommand command, String reason) {}

    /** The commands wait for Kafka at the same time. */
    private static Refused refused(String listener, String properties, String reason) throws Exception {
        Files.writeString(folder.resolve("wrong.password"), "wrong-" + PASSWORD.length());
        Path file = write("refused-" + Files.list(folder).count(), broker.address(listener), properties);
        return new Refused(listener, new RunningCommand("score", "--config", file), reason);
    }

    private static String keys(Path store) {
        return "    ssl.keystore.location: " + store
                + "\n    ssl.keystore.type: PKCS12\n    ssl.keystore.password: ${file:"
                + folder.resolve("keystore.password") + "}\n";
    }

    /** The lines of the problems, without the last one, which says what to do. */
    private static Set<String> denied(DetectorConfig config, AccessRole role) {
        try {
            AccessCheck.require(config, role);
            return Set.of();
        } catch (AccessException e) {
            int last = e.problems().size() - 1;
            assertThat(e.problems().get(last))
                    .isEqualTo("./noether topics acl --config FILE --process " + role.key()
                            + " shows the commands that grant all rights that it needs");
            return new TreeSet<>(e.problems().subList(0, last));
        }
    }

    private static String graph(DetectorConfig config) throws Exception {
        StreamExecutionEnvironment scoring = StreamExecutionEnvironment.getExecutionEnvironment();
        ScoringJob.define(scoring, config);
        StreamExecutionEnvironment importing = StreamExecutionEnvironment.getExecutionEnvironment();
        ImportJob.define(importing, config);
        return text(scoring) + text(importing);
    }

    private static String text(StreamExecutionEnvironment environment) throws Exception {
        return new String(
                InstantiationUtil.serializeObject(environment.getStreamGraph().getJobGraph()),
                StandardCharsets.ISO_8859_1);
    }

    private static void assertNoSecret(String text) {
        assertThat(text.contains(PASSWORD) || text.contains(TestingCertificates.PASSWORD))
                .as("a password in what must not contain it")
                .isFalse();
    }

    private static void publish() throws Exception {
        DetectorConfig producer = DetectorConfig.load(file(AccessRole.PRODUCER));
        try (ObservationPublisher publisher =
                new ObservationPublisher(producer.kafka(), producer.topics().observations(), producer.features())) {
            for (int row = 0; row < ROWS; row++) {
                publisher.send(
                        "host",
                        1_700_000_000_000L + row * 1_000L,
                        new float[] {row % 7, row % 5},
                        ObservationPublisher.DeliveryListener.NONE);
            }
            publisher.flush();
        }
    }

    private static AclBinding binding(AccessRole role, String description) throws Exception {
        return rights(role).stream()
                .filter(right -> right.describe().equals(description))
                .findFirst()
                .orElseThrow()
                .binding(user(role));
    }

    private static List<AccessRight> rights(AccessRole role) throws Exception {
        return role.rights(DetectorConfig.load(admin));
    }

    private static String user(AccessRole role) {
        return "User:" + role.key();
    }

    private static Path file(AccessRole role) throws Exception {
        return write(role.key(), broker.address("SASL"), broker.login(role.key(), PASSWORD));
    }

    private static Path write(String name, String address, String properties) throws Exception {
        return Files.writeString(folder.resolve(name + ".yaml"), """
                detector: fleet
                features: [a, b]
                checkpoints: {interval: PT0.2S, directory: %s}
                model: {store: %s}
                source: {topics: [raw], format: json, interval: PT10S, entity: host, time: {path: ts, unit: ms}}
                kafka:
                  bootstrapServers: "%s"
                  properties:
                %s""".formatted(
                        folder.resolve("checkpoints"), folder.resolve("models"), address, properties));
    }

    private static String run(Object... arguments) throws Exception {
        try (RunningCommand command = new RunningCommand(arguments)) {
            assertThat(command.await()).as(command.toString()).isZero();
            return command.out();
        }
    }
}
