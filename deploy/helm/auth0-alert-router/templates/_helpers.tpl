{{- define "router.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{- define "router.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "router.labels" -}}
{{ include "router.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "router.image" -}}
{{- with .Values.image.digest -}}
{{ $.Values.image.repository }}@{{ . }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end }}

{{- define "router.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{ .Values.serviceAccount.name | default (include "router.fullname" .) }}
{{- else -}}
{{ .Values.serviceAccount.name | default "default" }}
{{- end -}}
{{- end }}

{{- define "router.replicas" -}}
{{ ternary 1 (int .Values.replicaCount) (eq .Values.database.kind "sqlite") }}
{{- end }}

{{- define "router.secretName" -}}
{{- if .Values.secrets.values -}}
{{ include "router.fullname" . }}
{{- else -}}
{{ required "set secrets.existingSecret to the Secret that holds AUTH0_LOG_STREAM_TOKEN and the other secrets.settings" .Values.secrets.existingSecret }}
{{- end -}}
{{- end }}

{{/* The settings that are read from the Secret, as a list in JSON. On SQLite DATABASE_URL names the volume. */}}
{{- define "router.secretSettings" -}}
{{- $names := .Values.secrets.settings -}}
{{- if .Values.secrets.values -}}{{- $names = keys .Values.secrets.values | sortAlpha -}}{{- end -}}
{{- if eq .Values.database.kind "sqlite" -}}
{{- without $names "DATABASE_URL" | toJson -}}
{{- else if has "DATABASE_URL" $names -}}
{{- toJson $names -}}
{{- else -}}
{{- fail "database.kind is postgres, so the Secret must hold DATABASE_URL: add it to secrets.settings or secrets.values" -}}
{{- end -}}
{{- end }}

{{- define "router.rulesConfigMap" -}}
{{- if .Values.rules.existingConfigMap -}}
{{ .Values.rules.existingConfigMap }}
{{- else if .Values.rules.files -}}
{{ include "router.fullname" . }}-rules
{{- end -}}
{{- end }}
