#!/bin/bash
# Stands in for the entry point of the Flink image, whose scripts come with flink-dist: the same main classes, class path
# rule (all jars below lib/, sorted), options from config.yaml and memory from Flink's own calculation. Without the second
# compiler, which such short lives do not repay.
set -euo pipefail

export FLINK_LIB_DIR=$FLINK_HOME/lib FLINK_PLUGINS_DIR=$FLINK_HOME/plugins
java=$JAVA_HOME/bin/java
class_path=$(find "$FLINK_LIB_DIR" ! -type d -name '*.jar' -print0 | sort -z | tr '\0' ':')
read -r -a options < <(sed -n 's/^env\.java\.opts\.all: *//p' "$FLINK_CONF_DIR/config.yaml")
logging=-Dlog4j.configurationFile=file:$FLINK_CONF_DIR/log4j-console.properties

# Line 1: options of the JVM; line 2: settings for Flink.
memory() {
    "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$class_path" org.apache.flink.runtime.util.bash.BashJavaUtils "$1" --configDir "$FLINK_CONF_DIR" "${@:2}" |
        sed -n 's/^BASH_JAVA_UTILS_EXEC_RESULT://p'
}

case $1 in
    standalone-job)
        shift
        mapfile -t lines < <(memory GET_JM_RESOURCE_PARAMS "$@")
        read -r -a heap <<< "${lines[0]}"
        read -r -a settings <<< "${lines[1]:-}"
        exec "$java" -XX:TieredStopAtLevel=1 "${options[@]}" "${heap[@]}" "$logging" -cp "$class_path" \
            org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint \
            --configDir "$FLINK_CONF_DIR" "${settings[@]}" "$@"
        ;;
    taskmanager)
        shift
        mapfile -t lines < <(memory GET_TM_RESOURCE_PARAMS "$@")
        read -r -a heap <<< "${lines[0]}"
        read -r -a settings <<< "${lines[1]}"
        exec "$java" -XX:TieredStopAtLevel=1 "${options[@]}" "${heap[@]}" "$logging" -cp "$class_path" \
            org.apache.flink.runtime.taskexecutor.TaskManagerRunner \
            --configDir "$FLINK_CONF_DIR" "${settings[@]}" "$@"
        ;;
    *)
        exec "$@"
        ;;
esac
