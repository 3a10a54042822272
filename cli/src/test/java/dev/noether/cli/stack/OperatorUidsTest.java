package dev.noether.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.job.ImportJob;
import dev.noether.flink.job.ScoringJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The uids of the operators of each job that has checkpoints. Flink finds the state of an operator in a checkpoint by its
 * uid: whoever renames or removes one loses the state of every user. New operators may be added here.
 */
class OperatorUidsTest {
    @TempDir
    private Path folder;

    private DetectorConfig config;

    @BeforeEach
    void load() throws Exception {
        config = DetectorConfig.load(Files.writeString(folder.resolve("d.yaml"), """
                detector: d
                features: [a]
                kafka: {bootstrapServers: "127.0.0.1:1"}
                source: {topics: [raw], format: json, interval: PT10S, entity: host, time: {path: ts, unit: ms}}
                """));
    }

    @Test
    void thoseOfTheScoringJob() {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        ScoringJob.define(environment, config);
        assertThat(uids(environment))
                .containsExactlyInAnyOrder(
                        "Sink Committer: incident-records",
                        "Sink Committer: rejected",
                        "Sink Committer: scores",
                        "groups",
                        "incident-records",
                        "incidents",
                        "models",
                        "observations",
                        "reject",
                        "rejected",
                        "repeated-incidents",
                        "repeated-rejected",
                        "repeated-scores",
                        "score",
                        "scores");
    }

    @Test
    void thoseOfTheImport() {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        ImportJob.define(environment, config);
        assertThat(uids(environment))
                .containsExactlyInAnyOrder(
                        "Sink Committer: observations-out",
                        "Sink Committer: rejected-out",
                        "metric-rejects",
                        "metrics",
                        "observations-out",
                        "rejected-out",
                        "rows");
    }

    /** An operator without a uid has one that Flink makes of the shape of the job, which changes with every version. */
    private static Set<String> uids(StreamExecutionEnvironment environment) {
        Set<String> uids = new TreeSet<>();
        for (StreamNode node : environment.getStreamGraph(false).getStreamNodes()) {
            String uid = node.getTransformationUID();
            uids.add(uid == null ? "none: " + node.getOperatorName() : uid);
        }
        return uids;
    }
}
