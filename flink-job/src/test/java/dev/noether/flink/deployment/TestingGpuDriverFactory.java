package dev.noether.flink.deployment;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.externalresource.ExternalResourceDriver;
import org.apache.flink.api.common.externalresource.ExternalResourceDriverFactory;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.configuration.Configuration;

/** Stands in for Flink's GPU plugin on a machine without one: finds the devices 3, 4, … up to the amount asked for. */
public final class TestingGpuDriverFactory implements ExternalResourceDriverFactory {
    static final int FIRST_INDEX = 3;

    @Override
    public ExternalResourceDriver createExternalResourceDriver(Configuration configuration) {
        return amount -> {
            Set<Device> devices = new HashSet<>();
            for (int i = 0; i < amount; i++) {
                devices.add(new Device(FIRST_INDEX + i));
            }
            return devices;
        };
    }

    private record Device(int index) implements ExternalResourceInfo {
        @Override
        public Optional<String> getProperty(String key) {
            return key.equals("index") ? Optional.of(Integer.toString(index)) : Optional.empty();
        }

        @Override
        public Collection<String> getKeys() {
            return List.of("index");
        }
    }
}
