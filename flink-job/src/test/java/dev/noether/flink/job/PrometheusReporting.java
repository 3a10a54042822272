package dev.noether.flink.job;

import org.apache.flink.configuration.Configuration;

/** Flink's reporter for Prometheus, with the setting of {@code deploy/flink/config.yaml}. */
final class PrometheusReporting {
    private static final String REPORTER = "metrics.reporter.prom.";

    private PrometheusReporting() {}

    /**
     * Adds the reporter to the settings of a cluster.
     *
     * @param port TCP port that it listens on
     */
    static Configuration addTo(Configuration settings, int port) {
        settings.setString(REPORTER + "factory.class", "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
        settings.setString(REPORTER + "port", Integer.toString(port));
        return settings;
    }
}
