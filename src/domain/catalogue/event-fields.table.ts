/**
 * The fields of Auth0's log events by event type: names and kinds of values alone, taken from the JSON Schemas that
 * Auth0, Inc. publishes under the Apache License 2.0 (https://github.com/auth0/auth0-log-schemas). Made by
 * `node scripts/event-fields.mjs <folder>`; not to be edited. src/domain/catalogue/event-fields.ts reads it.
 *
 * A line of `eventFieldNodes`, known by its number, is what a value may be: s text, n number, b true or false,
 * o object, a array; * says that an object may hold anything. After it come its properties, or those of its
 * elements, each with the line that says what it is.
 */
export const eventFieldNodes = `s
o version:0
n
o successes:2
ao acl_id:0 action:0 description:0 match:3 priority:2 total_request_count:3
o end_time:0 start_time:0 stats:4
b
o $event_schema:1 date:0 description:0 details:5 environment_name:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0
o code:0 message:0 name:0 stack:0
o action_error:8 action_id:0 action_name:0 binding_id:0 error_class:0 execution_id:0 trigger_id:0 version_id:0
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:9 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 strategy:0 strategy_type:0 tenant_name:0 transaction_linking_id:0 type:0 user_agent:0 user_id:0 user_name:0
o*
abnos* env:11 name:0 version:0
o path:0
o documentation:0 id:0 message:0 request:13 sdk_version:0
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:14 environment_name:0 ip:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0
o bucket:0 global:6 size:2
o method:0 path:0
o limit:16 request:17 response:0
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:18 environment_name:0 hostname:0 identity_user_id:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o bucket:0 global:6 size:2 usage:2
o limit:20 request:17
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:21 environment_name:0 hostname:0 identity_user_id:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o docs:0 request:17 response:0 total_hours_allocated:2 total_hours_consumed:2 total_hours_remaining:2
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:23 environment_name:0 identity_user_id:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o message:0
o client_authentication_error:0 error:25
o $event_schema:1 agent_id:0 auth0_client:12 client_id:0 client_name:0 date:0 description:0 details:26 environment_name:0 external_agent_id:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 mtls_thumbprint_sha256:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o notification_channel:0 transaction_linking_id:0
o $event_schema:1 agent_id:0 audience:0 auth0_client:12 client_id:0 client_name:0 date:0 description:0 details:28 environment_name:0 external_agent_id:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 mtls_thumbprint_sha256:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o audience:0 login_hint:0 scope:0
o body:30 client_authentication_error:0 error:25
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 date:0 description:0 details:31 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 mtls_thumbprint_sha256:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o body:30 notification_channel:0 transaction_linking_id:0
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 date:0 description:0 details:33 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 mtls_thumbprint_sha256:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
abnos*
o authParams:35 client_id:0 connection:0 email:0 send:0 tenant:0 transaction:35
o body:36 link:0 transaction_id:0
o correlation_id:0 trace_id:0
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:37 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 references:38 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o detail:0 status:2 title:0 type:0
o error:40 request:17
o $event_schema:1 auth0_client:12 client_id:0 connection:0 connection_id:0 date:0 description:0 details:41 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 references:38 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o id:0 idp_user_id:0
o connected_account:43 request:17
o $event_schema:1 auth0_client:12 client_id:0 connection:0 connection_id:0 date:0 description:0 details:44 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 references:38 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o id:0
o connected_account:46 error:40 request:17
o $event_schema:1 auth0_client:12 client_id:0 connection:0 connection_id:0 date:0 description:0 details:47 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 references:38 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o connected_account:46 request:17
o $event_schema:1 auth0_client:12 client_id:0 connection:0 connection_id:0 date:0 description:0 details:49 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 references:38 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o audience:0 redirect_uri:0 response_type:0 scope:0 state:0
o authParams:51 client_id:0 connection:0 ip:0 phone_number:0 request_language:0 send:0 tenant:0 user-agent:0 username:0
o body:52 transaction_id:0
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:53 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 references:38 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o created_at:0 custom_domain_id:0 domain:0 error:0 errorMsg:0 status:0 type:0
o $event_schema:1 date:0 description:0 details:55 environment_name:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0
o description:0 documentation:0 id:0 name:0 tenant_from_host:0
o feature:57 method:0 path:0
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:58 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o completed_at:0 created_at:0 scheduled:6 started_at:0 sync_status:0 synchronization_id:0
o $event_schema:1 connection:0 connection_id:0 date:0 description:0 details:60 environment_name:0 is_mobile:6 log_id:0 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0
ao identity_user_id:0 operation:0 reason:0
o message:0 user_errors:62 user_errors_summary:11 user_errors_truncated:6
o created_at:0 error:63 scheduled:6 started_at:0 sync_status:0 synchronization_id:0
o $event_schema:1 connection:0 connection_id:0 date:0 description:0 details:64 environment_name:0 is_mobile:6 log_id:0 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0
o created_at:0 scheduled:6 started_at:0 synchronization_id:0
o $event_schema:1 connection:0 connection_id:0 date:0 description:0 details:66 environment_name:0 is_mobile:6 log_id:0 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0
as
o attempt:2 authorized:68 clientID:0 code:0 message:0 name:0 status:0
o message:0 oauthError:0 payload:69 type:0 uri:0
o code:0 confidence:0
o device:0 useragent:0
o code:0 confidence:0 details:72
o ip:0 matches:0 source:0
o code:0 confidence:0 details:74
o ImpossibleTravel:71 NewDevice:73 UntrustedIP:75
o assessments:76 confidence:0 version:0
o mode:0
o cookie:78 idp_session_expiry:2
o loginsCount:2
o dpop_bound:6 status:0
o channel:0 dpop_nonce_used:6 dpop_signing_alg:0 error:70 grant_type:0 id_token_signed_response_algs:68 id_token_signing_alg:0 idp_token_type:0 qs:11 requested_client_id:0 riskAssessment:77 session:79 session_id:0 stats:80 token_endpoint_auth_method:0 token_endpoint_auth_signing_alg:0 token_endpoint_auth_signing_kid:0 transaction_id:0 triggered_by_session_transfer_token:6 upstream_userinfo_fetch:81
o ja3:0 ja4:0
o $event_schema:1 agent_id:0 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:82 environment_name:0 external_agent_id:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 references:38 scope:68 security_context:83 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o sub:0
o act:85 sub:0
o act:86 sub:0
o act:87 sub:0
o act:88 sub:0
o actor:89 requested_token_type:0 subject_token_type:0
o $event_schema:1 agent_id:0 audience:0 auth0_client:12 client_id:0 client_name:0 date:0 description:0 details:90 environment_name:0 external_agent_id:0 hostname:0 ip:0 is_mobile:6 log_id:0 scope:68 security_context:83 tenant_name:0 type:0 user_agent:0
o client_id:0 connection:0 email:0 email_verified:6 newEmail:0 tenant:0 user_id:0 verify:6
o body:92
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:93 environment_name:0 identity_user_id:0 is_mobile:6 log_id:0 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o allowedOrigins:68 headers:11 host:0 method:0 origin:0 originUrl:0 originalUrl:0 session_id:0 webOrigins:68 xhr:6
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:95 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o executions:68
o actions:97 body:11 connection:0 error:70 qs:11 session:79 session_connection:0 stats:80 transaction_id:0
o $event_schema:1 audience:0 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:98 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 scope:68 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o _csrf:0 confirmNewPassword:0 newPassword:0 ticket:0
o client_id:0 connection:0 email:0 includeEmailInRedirect:6 markEmailAsVerified:6 newPassword:0 resultUrl:0 tenant:0 user_id:0 username:0
o body:100 description:0 query:101
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:102 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 references:38 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o actions:97
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:104 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o client_id:0 connection:0 new_phone_number:0 old_phone_number:0 phone_verified:0 tenant:0 user_id:0 verify:6
o body:106
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:107 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o client_id:0 connection:0 debug:6 description:0 email:0 newPassword:0 requiredCaptcha:6 tenant:0 ttl_sec:2 username:0 verify:6
o body:109 transaction_id:0
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:110 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 references:38 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o details:0
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:112 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o client_id:0 connection:0 email:0 newUername:0 oldUsername:0 tenant:0 user_id:0
o body:114
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:115 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o api_type:0 device:0 grant_type:0 scope:0 target:0
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:117 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o type:0
o code:0 connection:0 error:119 session_id:0
o $event_schema:1 audience:0 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:120 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 scope:68 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o audience:0 client_id:0 scope:0
o body:122 error:70 qs:11
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:123 environment_name:0 hostname:0 ip:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0
o session_id:0
o $event_schema:1 client_id:0 client_name:0 date:0 description:0 details:125 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o actor:85 code:0 requested_client_id:0
o $event_schema:1 agent_id:0 auth0_client:12 client_id:0 client_ip:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:127 environment_name:0 external_agent_id:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 references:38 security_context:83 tenant_name:0 transaction_linking_id:0 type:0 user_agent:0 user_id:0 user_name:0
o actor:85 session:79 triggered_by_session_transfer_token:6
o $event_schema:1 audience:0 auth0_client:12 client_id:0 client_name:0 date:0 description:0 details:129 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 scope:68 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o connection:0 tenant:0
o body:131
o $event_schema:1 connection:0 connection_id:0 date:0 description:0 details:132 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o code:0 requested_client_id:0
o $event_schema:1 agent_id:0 auth0_client:12 client_id:0 client_ip:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:134 environment_name:0 external_agent_id:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 references:38 security_context:83 tenant_name:0 transaction_linking_id:0 type:0 user_agent:0 user_id:0 user_name:0
o client_authentoication_error:0
o $event_schema:1 agent_id:0 audience:0 auth0_client:12 client_id:0 client_ip:0 client_name:0 date:0 description:0 details:136 environment_name:0 external_agent_id:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 scope:68 security_context:83 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o actor:89 subject_token_type:0
o $event_schema:1 agent_id:0 audience:0 auth0_client:12 client_id:0 client_name:0 date:0 description:0 details:138 environment_name:0 external_agent_id:0 hostname:0 ip:0 is_mobile:6 log_id:0 scope:68 security_context:83 tenant_name:0 type:0 user_agent:0
o $event_schema:1 agent_id:0 client_id:0 client_ip:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:35 environment_name:0 external_agent_id:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 security_context:83 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o errors:68
o $event_schema:1 connection:0 connection_id:0 date:0 description:0 details:141 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o subject_token_type:0
o $event_schema:1 audience:0 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:143 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 scope:68 security_context:83 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o $event_schema:1 audience:0 client_id:0 client_ip:0 client_name:0 connection:0 connection_id:0 date:0 description:0 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 scope:68 security_context:83 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o $event_schema:1 audience:0 auth0_client:12 client_id:0 client_ip:0 client_name:0 connection:0 connection_id:0 date:0 description:0 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 scope:68 security_context:83 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o $event_schema:1 agent_id:0 audience:0 auth0_client:12 client_id:0 client_ip:0 client_name:0 connection:0 connection_id:0 date:0 description:0 environment_name:0 external_agent_id:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 scope:68 security_context:83 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o $event_schema:1 audience:0 auth0_client:12 client_id:0 client_ip:0 client_name:0 connection:0 connection_id:0 date:0 description:0 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 scope:68 security_context:83 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o familyId:0 latestCounter:2 tokenCounter:2
o $event_schema:1 audience:0 auth0_client:12 client_id:0 client_ip:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:149 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 scope:68 security_context:83 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o access:0 session_id:0
o actions:97 failure_reason:0 policy_used:0 refresh_token:151 requested_client_id:0
o $event_schema:1 audience:0 auth0_client:12 client_id:0 client_ip:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:152 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 scope:68 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o audit_context:0 enterprise_connection:0 enterprise_connection_id:0 failure_reason:0 is_privileged_worker:6 subject_token_type:0 token_broker:0
o $event_schema:1 agent_id:0 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:154 environment_name:0 external_agent_id:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o email:0
o name:0 organization_id:0
o client_id:0 created_at:0 expires_at:0 id:0 invitee:156 inviter:157 roles:68 ticket_id:0
o invitation:158
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:159 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o allowed_logout_url:68 initiated_by:0 protocol:0 return_to:0 session_id:0
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:161 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 references:38 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o execution_id:0 flow_id:0 state:0
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:163 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 references:38 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o code:0 message:0
o error:165 execution_id:0 flow_id:0 state:0
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:166 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 references:38 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o email_type:0 error:0 notification_type:0 to:0
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:168 environment_name:0 ip:0 is_mobile:6 log_id:0 references:38 tenant_name:0 type:0 user_agent:0
o error:165 form_id:0 state:0
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:170 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 references:38 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o form_id:0 state:0
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:172 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 references:38 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o message:0 reason:0
o consoleOut:35 error:174 transaction_id:0
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:175 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 references:38 security_context:83 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o error:70 qs:11 riskAssessment:77 session_id:0 stats:80
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:177 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 scope:68 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:35 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 references:38 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o country_code:2 is_valid:6 line_type:0 risk_level:0
o grant_type:0 phone_number:0 phone_risk_assessment:180 riskAssessment:77 session:79
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:181 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 references:38 security_context:83 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o session:79 triggered_by_session_transfer_token:6
o $event_schema:1 audience:0 auth0_client:12 client_id:0 client_name:0 date:0 description:0 details:183 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 scope:68 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o body:11 ip:0 method:0 path:0 query:11 userAgent:0
o statusCode:2
o action:0 connection_id:0 request:185 response:186
o $event_schema:1 client_id:0 client_name:0 date:0 description:0 details:187 environment_name:0 ip:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0
o error:25 transaction_id:0
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:189 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 references:38 security_context:83 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:131 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o tenant:0 ticket:0
o client_id:0 connection:0 email:0 idp_user_id:0 includeEmailInRedirect:0 resultUrl:0 tenant:0 user_id:0
o body:192 email:0 query:193 title:0
o $event_schema:1 body:11 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:194 email:0 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 query:11 references:38 strategy:0 strategy_type:0 tenant_name:0 title:0 type:0 user_agent:0 user_id:0 user_name:0
ns
o client_id:0 connection:0 email:0 idp_user_id:196 includeEmailInRedirect:6 job_id:0 provider:0 resultUrl:0 template:119 tenant:0 to:0 ttl_sec:2 user_id:0 verificationUrl:0
o body:197
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:198 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 references:38 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o id:0 phone_number:0 type:0
o _id:0 identifier:0 name:0 phone_number:0 tenant:0 user_id:0
o errorCode:0 message:0
o authenticator:200 device_id:0 enrollment:201 failure_details:202 first_factor:6 provider_error:202 remember_browser:6 request:11 response:11 session_id:0
o $event_schema:1 date:0 description:0 details:203 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 references:38 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o scopes:68 strategy:0
o code:0
o auth:205 body:206 ip:0 method:0 path:0 query:0 userAgent:0
o authenticator:200 device_id:0 enrollment:201 failure_details:202 first_factor:6 provider_error:202 remember_browser:6 request:207 response:11 session_id:0
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:208 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 references:38 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:203 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 references:38 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o $event_schema:1 connection:0 connection_id:0 date:0 description:0 details:203 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 references:38 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o requested_client_id:0
o $event_schema:1 audience:0 auth0_client:12 client_id:0 client_ip:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:212 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 scope:68 security_context:83 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o access_token_jti:0 actions:97 requested_client_id:0
o $event_schema:1 audience:0 auth0_client:12 client_id:0 client_ip:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:214 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 mtls_thumbprint_sha256:0 organization_id:0 organization_name:0 scope:68 security_context:83 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o $event_schema:1 audience:0 auth0_client:12 client_id:0 client_ip:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:35 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 scope:68 security_context:83 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o $event_schema:1 date:0 description:0 details:35 environment_name:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0
o id:0 state:0 type:0
o $event_schema:1 date:0 description:0 details:218 environment_name:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0
o $event_schema:1 connection:0 connection_id:0 date:0 description:0 details:35 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o flow:0
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:221 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 security_context:83 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o body:11 delivery_method:0 reset_time:0 trigger_time:0 type:0
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:223 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:35 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 security_context:83 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o ImpossibleTravel:71 UntrustedIP:75
o assessments:226 confidence:0 grant_type:0 version:0
o $event_schema:1 auth0_client:12 client_id:0 client_ip:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:227 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
os jti:0
os email:0 name:0 user_id:0
o credentials:229 strategy:0 user:230
o auth:231 channel:0 ip:0 method:0 path:0 query:11 userAgent:0
o body:35 statusCode:2
o accessedSecrets:68 request:232 response:233
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 date:0 description:0 details:234 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 references:38 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o authentication_method:0 authentication_method_id:0 error:40 operation:0 request:17 session_id:0
o $event_schema:1 auth0_client:12 client_id:0 connection:0 connection_id:0 date:0 description:0 details:236 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 references:38 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o authentication_method:0 authentication_method_id:0 operation:0 request:17 session_id:0
o $event_schema:1 auth0_client:12 client_id:0 connection:0 connection_id:0 date:0 description:0 details:238 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 references:38 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o backchannel_logout_uri:0 method:0
o errors:68 initiator:0 request:240 response:186 session_metadata:11
o $event_schema:1 client_id:0 client_name:0 date:0 description:0 details:241 environment_name:0 identity_user_id:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o reason:0
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:243 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o error:25 purpose:0
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:245 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 references:38 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o audience:0 expiration:0 id:0 scope:0
o rules:2
ao coi:0 completedAt:2 connection:0 connection_id:0 cov:0 elapsedTime:2 flow:0 grantInfo:247 identity:196 initiatedAt:2 name:0 passwordless_amr:0 performed_acr:68 performed_amr:68 provider:0 requiredCaptcha:6 session:6 session_id:0 stats:80 strategy:0 timers:248 url:0 user_id:0 user_name:0
o actions:97 completedAt:2 elapsedTime:2 initiatedAt:2 prompts:249 purpose:0 riskAssessment:77 session:79 session_id:0
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:250 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 references:38 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o ipOnAllowlist:6 requiresVerification:6 requiresVerificationForSignupFlow:6 session_id:0
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:252 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o endCount:2 removedCount:2 resource:0 start:2
o $event_schema:1 client_id:0 client_name:0 date:0 description:0 details:254 environment_name:0 identity_user_id:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o error:25 requestedRichConsentId:0
o $event_schema:1 date:0 description:0 details:256 environment_name:0 hostname:0 ip:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0
o actions:97 channel:0 completedAt:2 dpop_nonce_used:6 dpop_signing_alg:0 elapsedTime:2 id_token_signing_alg:0 idp_token_type:0 initiatedAt:2 prompts:249 requested_client_id:0 riskAssessment:77 saml_certificate_thumbprint:0 session:79 session_id:0 token_endpoint_auth_method:0 token_endpoint_auth_signing_alg:0 token_endpoint_auth_signing_kid:0 transaction_id:0 triggered_by_session_transfer_token:6 upstream_userinfo_fetch:81
o $event_schema:1 agent_id:0 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:258 environment_name:0 external_agent_id:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 references:38 security_context:83 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o accessedSecrets:68 request:11 response:11
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 date:0 description:0 details:260 environment_name:0 ip:0 is_mobile:6 log_id:0 references:38 tenant_name:0 type:0 user_agent:0 user_id:0
o client_id:0 connection:0 email:0 email_verified:0 newEmail:0 tenant:0 user_id:0 verify:6
o body:262
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:263 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o actions:97 completedAt:2 elapsedTime:2 initiatedAt:2 prompts:249 riskAssessment:77 session:79 session_id:0 transaction_id:0
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:265 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o body:11 email:0 query:11 title:0
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:267 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 references:38 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o client_id:0 connection:0 new_phone_number:0 old_phone_number:0 phone_verified:6 tenant:0 user_id:0 verify:6
o body:269
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:270 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o client_id:0 connection:0 debug:6 email:0 includeEmailInRedirect:6 markEmailAsVerified:6 newPassword:0 requiredCaptcha:6 resultUrl:0 tenant:0 ttl_sec:0 username:0 verify:6
o body:272 resetUrl:0
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:273 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 references:38 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o clientId:0 connection:0 email:0 newUsername:0 oldUsername:0 tenant:0 user_id:0
o body:275
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:276 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o actions:97 completedAt:2 elapsedTime:2 initiatedAt:2 prompts:249 riskAssessment:77 session:79 session_id:0
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:278 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 references:38 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o actions:97 actor:85 channel:0 completedAt:2 dpop_nonce_used:6 dpop_signing_alg:0 elapsedTime:2 id_token_signing_alg:0 idp_token_type:0 initiatedAt:2 prompts:249 requested_client_id:0 riskAssessment:77 saml_certificate_thumbprint:0 session:79 session_id:0 token_endpoint_auth_method:0 token_endpoint_auth_signing_alg:0 token_endpoint_auth_signing_kid:0 transaction_id:0 triggered_by_session_transfer_token:6 upstream_userinfo_fetch:81
o $event_schema:1 agent_id:0 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:280 environment_name:0 external_agent_id:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 references:38 security_context:83 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o access_token_jti:0 actor:85 code:0 refresh_token:151 requested_client_id:0
o $event_schema:1 agent_id:0 audience:0 auth0_client:12 client_id:0 client_ip:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:282 environment_name:0 external_agent_id:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 mtls_thumbprint_sha256:0 organization_id:0 organization_name:0 references:38 security_context:83 tenant_name:0 transaction_linking_id:0 type:0 user_agent:0 user_id:0 user_name:0
o actions:97 actor:85 completedAt:2 elapsedTime:2 initiatedAt:2 prompts:249 riskAssessment:77 session:79 session_id:0 triggered_by_session_transfer_token:6
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 date:0 description:0 details:284 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 session_connection:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o access_token_jti:0 code:0 refresh_token:151 requested_client_id:0
o $event_schema:1 agent_id:0 audience:0 auth0_client:12 client_id:0 client_ip:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:286 environment_name:0 external_agent_id:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 mtls_thumbprint_sha256:0 organization_id:0 organization_name:0 references:38 security_context:83 tenant_name:0 transaction_linking_id:0 type:0 user_agent:0 user_id:0 user_name:0
o access_token_jti:0 actions:97
o $event_schema:1 agent_id:0 audience:0 auth0_client:12 client_id:0 client_ip:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:288 environment_name:0 external_agent_id:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 mtls_thumbprint_sha256:0 organization_id:0 organization_name:0 scope:68 security_context:83 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o access_token_jti:0 actor:89 subject_token_type:0
o $event_schema:1 agent_id:0 audience:0 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:290 environment_name:0 external_agent_id:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 scope:68 security_context:83 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o access_token_jti:0
o $event_schema:1 agent_id:0 audience:0 client_id:0 client_ip:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:292 environment_name:0 external_agent_id:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 mtls_thumbprint_sha256:0 scope:68 security_context:83 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o access_token_jti:0 subject_token_type:0
o $event_schema:1 audience:0 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:294 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 scope:68 security_context:83 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o $event_schema:1 audience:0 auth0_client:12 client_id:0 client_ip:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:104 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 scope:68 security_context:83 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o $event_schema:1 audience:0 auth0_client:12 client_id:0 client_ip:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:35 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 scope:68 security_context:83 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o $event_schema:1 agent_id:0 audience:0 auth0_client:12 client_id:0 client_ip:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:288 environment_name:0 external_agent_id:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 mtls_thumbprint_sha256:0 scope:68 security_context:83 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o $event_schema:1 audience:0 client_id:0 client_ip:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:35 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 scope:68 security_context:83 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o access_token_jti:0 actions:97 familyId:0 policy_used:0 refresh_token:151 requested_audience:0 requested_client_id:0 requested_scope:0 tokenCounter:2
o $event_schema:1 audience:0 auth0_client:12 client_id:0 client_ip:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:300 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 mtls_thumbprint_sha256:0 organization_id:0 organization_name:0 scope:68 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o audit_context:0 enterprise_connection:0 enterprise_connection_id:0 expires_at:0 is_privileged_worker:6 issued_token_type:0 scope:0 subject_token_type:0 token_broker:0 token_thumbprint:0
o $event_schema:1 agent_id:0 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:302 environment_name:0 external_agent_id:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o allowed_logout_url:68 initiated_by:0 protocol:0 return_to:0 session_id:0 session_metadata:11
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:304 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o audience:0 credential_id:0 grant_id:0 host:0 method:0 organization_id:0 origin:0 originUrl:0 originalUrl:0 refresh_token:151 session_id:0 xhr:0
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:306 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o branding:0 display_name:0 id:0 metadata:35 name:0
o acr_values:68 id:0 locale:0 login_hint:0 prompt:68 protocol:0 redirect_uri:0 requested_scopes:68 response_mode:0 response_type:68 state:0 ui_locales:68
os*
o app_metadata:11 blocked:6 client_id:0 connection:0 email:0 email_verified:6 family_name:0 given_name:0 ip:0 name:0 nickname:0 organization:308 password:0 phone_number:0 phone_verified:6 picture:0 request_language:0 tenant:0 transaction:309 user-agent:0 user_id:0 user_metadata:310 username:0
o actions:97 body:311 completedAt:2 elapsedTime:2 initiatedAt:2 prompts:249 riskAssessment:77 session:79 session_id:0 transaction_id:0
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:312 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 references:38 security_context:83 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o domainVerification:6 provisioning:6 sso:6
o connection_name:0 custom_domain:0 enabled_features:314 flow_type:0 ss_sso_event_name:0 ss_sso_tracing_id:0
o $event_schema:1 date:0 description:0 details:315 environment_name:0 ip:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0
o actions:97 completedAt:2 elapsedTime:2 initiatedAt:2 prompts:249 riskAssessment:77 session:79 session_id:0 triggered_by_session_transfer_token:6
o $event_schema:1 auth0_client:12 client_id:0 client_name:0 date:0 description:0 details:317 environment_name:0 hostname:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 session_connection:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o access_token_jti:0 actor:89 requested_token_type:0 subject_token_type:0
o $event_schema:1 agent_id:0 audience:0 auth0_client:12 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:319 environment_name:0 external_agent_id:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 organization_id:0 organization_name:0 scope:68 security_context:83 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o $event_schema:1 connection:0 connection_id:0 date:0 description:0 details:131 environment_name:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0
o client_id:0 connection:0 email:0 idp_user_id:0 includeEmailInRedirect:6 resultUrl:0 tenant:0 user_id:0
o body:192 email:0 query:322 title:0
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:323 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 references:38 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o email:0 query:11 request:11 response:11 title:0
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:325 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 strategy:0 strategy_type:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o error:0 response:186
o $event_schema:1 connection:0 connection_id:0 date:0 description:0 details:327 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o $event_schema:1 connection:0 connection_id:0 date:0 description:0 details:35 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o search:0
o credentials_tenant:0 host_tenant:0 method:0 opts:330 original_profile:0 path:0 referer:0 request:11 response:11 session_id:0
o $event_schema:1 audience:0 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:331 environment_name:0 identity_user_id:0 ip:0 is_mobile:6 log_id:0 mtls_thumbprint_sha256:0 scope:68 strategy:0 strategy_type:0 tenant_name:0 tracking_id:0 type:0 user_agent:0 user_id:0 user_name:0
o notification_channel:0 notification_type:0 to:0 warning:0
o $event_schema:1 client_id:0 client_name:0 connection:0 connection_id:0 date:0 description:0 details:333 environment_name:0 identity_user_id:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0
o tenant:0 user_id:0
o $event_schema:1 date:0 description:0 details:335 environment_name:0 identity_user_id:0 is_mobile:6 log_id:0 tenant_name:0 type:0 user_agent:0 user_id:0 user_name:0`;

/** Event types, each with the line that says what its event's data is. */
export const eventFieldTypes = `acls_summary 7
actions_execution_failed 10
acul_sdk_notice 15
api_limit 19
api_limit_warning 22
appi 24
ciba_exchange_failed 27
ciba_exchange_succeeded 29
ciba_start_failed 32
ciba_start_succeeded 34
cls 39
connected_accounts_connection_failed 42
connected_accounts_connection_succeeded 45
connected_accounts_delete_failed 48
connected_accounts_delete_succeeded 50
cs 54
custom_domain_verification_failed 56
depnote 59
directory_sync_completed 61
directory_sync_failed 65
directory_sync_started 67
f 84
failed_on_behalf_of_token_exchange 91
fce 94
fco 96
fcoa 99
fcp 103
fcph 105
fcpn 108
fcpr 111
fcpro 113
fcu 116
fd 118
fdeac 121
fdeaz 124
fdecc 126
fdeleacft 128
fdelsa 130
fdu 133
feacft 135
feccft 137
fecte 139
fede 140
federated_logout_failed 142
fens 144
feoobft 145
feotpft 146
fepft 147
fepotpft 148
fercft 145
ferrt 150
fertft 153
feta 155
fi 160
flo 162
flows_execution_completed 164
flows_execution_failed 167
fn 169
forms_submission_failed 171
forms_submission_succeeded 173
fp 176
fpar 178
fpurh 179
fs 182
fsa 184
fscim 188
fu 190
fui 191
fv 195
fvr 199
gd_auth_email_verification 204
gd_auth_failed 209
gd_auth_rejected 204
gd_auth_succeed 204
gd_enrollment_complete 204
gd_otp_rate_limit_exceed 210
gd_recovery_failed 204
gd_recovery_succeed 204
gd_send_email 210
gd_send_email_verification 204
gd_send_pn 204
gd_send_pn_failure 204
gd_send_sms 210
gd_send_sms_failure 210
gd_send_voice 204
gd_send_voice_failure 204
gd_start_auth 211
gd_start_enroll 204
gd_start_enroll_failed 204
gd_tenant_update 204
gd_unenroll 204
gd_update_device_account 204
gd_webauthn_challenge_failed 211
gd_webauthn_enrollment_failed 211
idjag_exchange_failed 213
idjag_exchange_succeeded 215
jwt_bearer_exchange_failed 216
kms_key_management_failure 217
kms_key_management_success 219
kms_key_state_changed 219
limit_delegation 220
limit_mu 222
limit_phone 224
limit_sul 225
limit_wc 225
mfar 228
mgmt_api_read 235
my_account_authentication_method_failed 237
my_account_authentication_method_succeeded 239
oidc_backchannel_logout_failed 242
oidc_backchannel_logout_succeeded 242
organization_member_added 244
passkey_challenge_failed 246
passkey_challenge_started 251
pla 253
pwd_leak 225
reset_pwd_leak 225
resource_cleanup 255
rich_consents_access_error 257
s 259
sapi 261
sce 264
scoa 266
scp 268
scpn 271
scpr 274
scu 277
scv 279
sd 118
sdel 281
sdeleacft 283
sdelsa 285
sdu 133
seacft 287
seccft 289
secte 291
sede 293
sens 295
seoobft 296
seotpft 297
sepft 298
sepkoobft 216
sepkotpft 216
sepkrcft 216
sercft 299
sertft 301
seta 303
si 160
slo 305
srrt 307
ss 313
ss_sso_failure 316
ss_sso_info 316
ss_sso_success 316
ssa 318
sscim 188
success_on_behalf_of_token_exchange 320
sui 321
sv 324
svr 199
ublkdu 326
universal_logout_failed 328
universal_logout_succeeded 329
w 332
wn 334
wum 336`;
