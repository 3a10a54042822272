package dev.noether.flink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.flink.mapping.FeatureField;
import dev.noether.flink.mapping.FeatureForm;
import dev.noether.flink.mapping.MetricAggregate;
import dev.noether.flink.mapping.MetricField;
import dev.noether.flink.mapping.TimeField;
import dev.noether.flink.mapping.TimeForm;
import dev.noether.model.feature.FeatureSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sections {@code source} and {@code registry}: what they may say, and what is said of mistakes. */
class SourceOptionsTest {
    private static final String MINIMUM = "detector: fleet\nfeatures: [cpu, memory]\n";
    private static final String SCHEMA = """
            {
              "type": "record",
              "name": "M",
              "doc": "in percent",
              "fields": [{"name": "cpu", "type": "int"}]
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void shortAndLongFormsMeanTheSame() {
        SourceOptions shortForm = parse("source: {format: json, entity: host, time: ts, features: {cpu: c}}");
        SourceOptions longForm = parse("source: {format: JSON, entity: [host], time: {path: ts, unit: auto},"
                + " features: {cpu: {path: c, as: value}}}");
        assertThat(shortForm).isEqualTo(longForm);
        assertThat(shortForm.time()).isEqualTo(new TimeField("ts", TimeForm.AUTO));
        assertThat(shortForm.features()).isEqualTo(Map.of("cpu", new FeatureField("c", FeatureForm.VALUE)));
    }

    @Test
    void anImportReadsItsTopicsAndWritesNoethersOwnRecords() {
        SourceOptions source = parse("source: {format: json, entity: host, topics: [a.b, c], topicPattern: 'team-.',"
                + " features: {cpu: {path: c, as: rate}}, metrics: {memory: {name: m, labels: {state: used}}}}");
        assertThat(source.isImported()).isTrue();
        assertThat(source.isNoether()).isTrue();
        assertThat(Stream.of("a.b", "c", "team-x")
                        .allMatch(source.imported().topicFilter().asMatchPredicate()))
                .isTrue();
        assertThat(Stream.of("axb", "team-", "cc")
                        .noneMatch(source.imported().topicFilter().asMatchPredicate()))
                .isTrue();
        assertThat(source.metrics(new FeatureSchema(List.of("memory", "cpu", "other"))))
                .containsExactly(
                        new MetricField("m", Map.of("state", "used"), MetricAggregate.LAST, FeatureForm.VALUE),
                        new MetricField("c", Map.of(), MetricAggregate.LAST, FeatureForm.RATE),
                        MetricField.of("other"));
        assertThat(parse("source: {format: json, entity: host}").isNoether()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "source: {format: xml} | line 3: `source.format` must be one of noether, json, avro, confluent-avro,"
                        + " influx, otlp-proto, otlp-json, prometheus-json (got xml)",
                "source: {format: json} | `source.entity` is missing; with `source.format: json` it must name the fields"
                        + " with the entity, such as host or [host, disk], or $key",
                "source: {entity: host} | `source.entity` has no effect on Noether's own records; give `source.format`, or"
                        + " leave it out",
                "source: {format: json, entity: $kay} | `source.entity` must name fields, or $key (got $kay)",
                "source: {format: json, entity: ''} | `source.entity` must be a path such as host or labels.zone, or a"
                        + " list of different paths",
                "source: {format: json, entity: host, time: {unit: min}} | `source.time` must be a path such as ts, or a"
                        + " mapping of `path` and `unit` (one of auto, iso, s, ms, us, ns) (got a mapping)",
                "source: {format: json, entity: host, features: {disk: d}} | `source.features` must be about features of"
                        + " the detector (got [disk]; known are [cpu, memory])",
                "source: {format: json, entity: host, features: {cpu: {path: c, as: rate}}} | `source.features.cpu` must"
                        + " be read as value or log: a rate or a delta needs the record before; name the topic in"
                        + " `source.topics`, and `./noether import` takes it (got rate)",
                "source: {topics: a} | `source.topics` has no effect on Noether's own records; give `source.format`, or"
                        + " leave it out",
                "source: {format: otlp-proto, entity: host.name} | `source.topics` is missing; with `source.format:"
                        + " otlp-proto` a record holds single values, which `./noether import` assembles into observations:"
                        + " name the topics that it reads in `source.topics` or `source.topicPattern`",
                "source: {format: json, entity: host, rows: a} | `source.rows` is about an import; name the topics that it"
                        + " reads in `source.topics` or `source.topicPattern`, or leave it out",
                "source: {format: json, entity: host, topics: [a, a]} | `source.topics` must be a topic name, or a list of"
                        + " different ones (got [a, a])",
                "source: {format: json, entity: host, topicPattern: '['} | `source.topicPattern` must be a regular"
                        + " expression for names of topics, or empty (got [)",
                "source: {format: json, entity: host, topicPattern: '.*'} | `source.topics` and `source.topicPattern` must"
                        + " not contain a topic of the detector itself (got fleet.observations); the import writes to"
                        + " `topics.observations`",
                "source: {format: json, entity: host, topics: a, metrics: {disk: d}} | `source.metrics` must be about"
                        + " features of the detector (got [disk]; known are [cpu, memory])",
                "source: {format: json, entity: host, topics: a, metrics: {cpu: d}, features: {cpu: c}} | the feature cpu"
                        + " must be in `source.features` or in `source.metrics`, not in both",
                "source: {format: json, entity: host, topics: a, metrics: {cpu: {name: c, labels: {d: '=~['}}}} |"
                        + " `source.metrics` must be a mapping from features to names of metrics, or to mappings of",
                "source: {format: json, entity: host, topics: a, metric: {name: c}} | `source.metric` must be a mapping of"
                        + " `name` and `value`, the paths of the metric's name and of its value (got a mapping)",
                "source: {format: influx, entity: host, topics: a, metric: {name: c, value: d}} | `source.metric` must be"
                        + " left out with `source.format: influx`, which says it itself",
                "source: {format: otlp-json, entity: host, topics: a, time: ts} | `source.time` must be left out with"
                        + " `source.format: otlp-json`, which says it itself",
                "source: {format: json, entity: host, topics: a, disorder: PT3M} | `source.longestWait` must be at least"
                        + " `source.disorder` (got PT2M and PT3M)",
                "source: {format: avro, entity: host} | `source.schema` is missing; with `source.format: avro` it must be"
                        + " a file with the schema",
                "source: {format: confluent-avro, entity: host} | `registry.url` is missing; with `source.format:"
                        + " confluent-avro` it must be the address of the schema registry",
                "registry: {url: 'http://a:b@c'} | `registry.url` must be an address that begins with http:// or https://,"
                        + " without user and password, or empty",
                "registry: {url: 'http://a', user: u, password: p} | `registry.password` must be a placeholder,"
                        + " ${env:NAME} or ${file:/path}, or empty",
                "registry: {url: 'http://a', user: u} | `registry.user` and `registry.password` must both be given, or"
                        + " neither"
            })
    void aMistakeIsNamedWithWhatWouldBeRight(String yaml, String problem) {
        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void theSchemaTravelsWithTheConfiguration() throws IOException {
        Files.writeString(folder.resolve("metric.avsc"), SCHEMA);
        DetectorConfig config = load("source: {format: avro, entity: host, schema: metric.avsc}");
        assertThat(config.source().schema()).startsWith("{\"type\":\"record\"");
        Files.delete(folder.resolve("metric.avsc"));
        assertThat(DetectorConfig.parse(config.toYaml(), "again")).isEqualTo(config);
    }

    @Test
    void aSchemaThatCannotBeReadIsSaid() throws IOException {
        String source = "source: {format: avro, entity: host, schema: metric.avsc}";
        assertThatThrownBy(() -> load(source))
                .hasMessageContaining(
                        "line 3: `source.schema` must be a file with an Avro schema (got metric.avsc: there is"
                                + " no such file)");
        Files.writeString(folder.resolve("metric.avsc"), "{\"type\": \"nonsense\"}");
        assertThatThrownBy(() -> load(source)).hasMessageContaining("(got metric.avsc: it is no Avro schema: ");
        Files.writeString(folder.resolve("metric.avsc"), SCHEMA.replace("in percent", "x".repeat(40_000)));
        assertThatThrownBy(() -> load(source)).hasMessageContaining("leave out its `doc` texts");
    }

    @Test
    void aPasswordThatIsNotThereIsSaidAtTheStart() {
        assertThatThrownBy(() -> load("registry: {url: 'http://a', user: u, password: '${file:/no/such/file}'}"))
                .isInstanceOf(ConfigurationException.class)
                .satisfies(thrown -> assertThat(((ConfigurationException) thrown).problems())
                        .isEqualTo(List.of("`registry.password` needs the file /no/such/file, which cannot be read")));
    }

    private DetectorConfig load(String yaml) throws IOException {
        return DetectorConfig.load(Files.writeString(folder.resolve("detector.yaml"), MINIMUM + yaml + "\n"));
    }

    private static SourceOptions parse(String yaml) {
        return DetectorConfig.parse(MINIMUM + yaml + "\n", "test").source();
    }
}
