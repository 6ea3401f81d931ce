"""Who may do what: every operation × every kind of caller, each cell a status that somebody wrote down from the spec.

Nothing here is computed. A new operation without a line fails the suite; a line without an operation, too.

Callers, all of them asking for a thing of the organization "own":

    non  no credential                  OPE AUD DEV  staff: operator, auditor, developer
    gar  a token that is garbage        OWN ADM USE  the own organization's owner, administrator, user
    exp  an expired token               fOW fAD fUS  the same three of another organization: with the very same thing
    rev  a revoked session              new          an owner of the own organization before the onboarding is done
    dis  a disabled person
    sus  a suspended organization's     csr  who may do it, without the CSRF pair ("-": a safe method)
    aud  a token for another audience   unk  who may do it, with an id that never was ("-": no id in the path)
                                        ctl  who may do it, with a control character in the query

For an operation that changes something each success gets a fresh thing. Lists answer everybody their own; that nothing
of another organization is in them is shown in ``test_isolation``.
"""

#: A suspended organization's people may sign in nowhere and go on nowhere (spec 1); a role that is too low gets 403,
#: another organization's thing 404 (spec 1, "Decisions"). An administrator is kept from billing (CP DAT-ROLE).
MATRIX = """
operation                   non gar exp rev dis sus aud OPE AUD DEV OWN ADM USE fOW fAD fUS new csr unk ctl

# the system
get_health                  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 -   -   400
get_readiness               200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 -   -   400
get_version                 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 -   -   400
show_reference              200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 -   -   400
get_reference_style         200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 -   -   400

# identity
get_csrf_token              200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 -   -   400
register                    201 201 201 201 201 201 201 201 201 201 201 201 201 201 201 201 201 403 -   400
verify_email                200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 403 -   400
resend_verification         202 202 202 202 202 202 202 202 202 202 202 202 202 202 202 202 202 403 -   400
discover_sign_in            200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 -   -   400
login                       200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 403 -   400
refresh_session             200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 403 -   400
logout                      204 401 401 401 401 401 401 200 200 200 200 200 200 200 200 200 200 403 -   400
get_me                      401 401 401 401 401 401 401 200 200 200 200 200 200 200 200 200 200 -   -   400

# onboarding: clients only; open before it is done
get_onboarding              401 401 401 401 401 401 401 403 403 403 200 200 200 200 200 200 200 -   -   400
update_onboarding_profile   401 401 401 401 401 401 401 403 403 403 200 200 200 200 200 200 200 403 -   400
complete_onboarding_step    401 401 401 401 401 401 401 403 403 403 200 200 200 200 200 200 200 403 404 400

# organizations
list_organizations          401 401 401 401 401 401 401 200 403 200 403 403 403 403 403 403 403 -   -   400
get_organization            401 401 401 401 401 401 401 200 403 403 200 200 200 404 404 404 200 -   404 400

# business: in whose name operators write
get_business                401 401 401 401 401 401 401 200 403 403 403 403 403 403 403 403 403 -   -   400

# projects: staff make and move them
list_projects               401 401 401 401 401 401 401 200 403 403 200 200 200 200 200 200 403 -   -   400
create_project              401 401 401 401 401 401 401 201 403 403 403 403 403 403 403 403 403 403 -   400
get_project                 401 401 401 401 401 401 401 200 403 403 200 200 200 404 404 404 403 -   404 400
update_project              401 401 401 401 401 401 401 200 403 403 403 403 403 403 403 403 403 403 404 400
change_project_status       401 401 401 401 401 401 401 200 403 403 403 403 403 403 403 403 403 403 404 400
list_project_activity       401 401 401 401 401 401 401 200 403 403 200 200 200 404 404 404 403 -   404 400

# proposals: staff write and send, the owner decides, an administrator may ask for changes
list_proposals              401 401 401 401 401 401 401 200 403 403 200 200 200 200 200 200 403 -   -   400
create_proposal             401 401 401 401 401 401 401 201 403 403 403 403 403 403 403 403 403 403 -   400
view_shared_proposal        200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 -   404 400
download_shared_proposal    200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 -   404 400
get_proposal                401 401 401 401 401 401 401 200 403 403 200 200 200 404 404 404 403 -   404 400
update_proposal             401 401 401 401 401 401 401 200 403 403 403 403 403 403 403 403 403 403 404 400
list_proposal_versions      401 401 401 401 401 401 401 200 403 403 200 200 200 404 404 404 403 -   404 400
send_proposal               401 401 401 401 401 401 401 200 403 403 403 403 403 403 403 403 403 403 404 400
approve_proposal            401 401 401 401 401 401 401 403 403 403 200 403 403 404 403 403 403 403 404 400
request_proposal_changes    401 401 401 401 401 401 401 403 403 403 200 200 403 404 404 403 403 403 404 400
decline_proposal            401 401 401 401 401 401 401 403 403 403 200 403 403 404 403 403 403 403 404 400
download_proposal           401 401 401 401 401 401 401 200 403 403 200 200 200 404 404 404 403 -   404 400

# billing: the owner pays
open_checkout               401 401 401 401 401 401 401 403 403 403 201 403 403 404 403 403 403 403 404 400
get_payment_intent          401 401 401 401 401 401 401 200 403 403 200 403 403 404 403 403 403 -   404 400
list_payments               401 401 401 401 401 401 401 200 403 403 200 403 403 200 403 403 403 -   -   400
list_invoices               401 401 401 401 401 401 401 200 403 403 200 200 200 200 200 200 403 -   -   400
get_invoice                 401 401 401 401 401 401 401 200 403 403 200 200 200 404 404 404 403 -   404 400
get_invoice_pdf             401 401 401 401 401 401 401 200 403 403 200 200 200 404 404 404 403 -   404 400

# signed by the sender, or on hold: no session, no CSRF pair
receive_stripe_webhook      200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 -   400
open_payfast_checkout       503 503 503 503 503 503 503 503 503 503 503 503 503 503 503 503 503 503 -   400
receive_payfast_notice      503 503 503 503 503 503 503 503 503 503 503 503 503 503 503 503 503 503 -   400

# workflows: operators build them, members watch them
list_workflow_environments  401 401 401 401 401 401 401 200 403 403 403 403 403 403 403 403 403 -   -   400
create_workflow_environment 401 401 401 401 401 401 401 201 403 403 403 403 403 403 403 403 403 403 -   400
get_workflow_environment    401 401 401 401 401 401 401 200 403 403 403 403 403 403 403 403 403 -   404 400
update_workflow_environment 401 401 401 401 401 401 401 200 403 403 403 403 403 403 403 403 403 403 404 400
delete_workflow_environment 401 401 401 401 401 401 401 204 403 403 403 403 403 403 403 403 403 403 404 400
test_workflow_environment   401 401 401 401 401 401 401 200 403 403 403 403 403 403 403 403 403 403 404 400
list_workflow_templates     401 401 401 401 401 401 401 200 403 403 403 403 403 403 403 403 403 -   -   400
create_workflow_template    401 401 401 401 401 401 401 201 403 403 403 403 403 403 403 403 403 403 -   400
inspect_workflow_file       401 401 401 401 401 401 401 200 403 403 403 403 403 403 403 403 403 403 -   400
get_workflow_template       401 401 401 401 401 401 401 200 403 403 403 403 403 403 403 403 403 -   404 400
update_workflow_template    401 401 401 401 401 401 401 200 403 403 403 403 403 403 403 403 403 403 404 400
archive_workflow_template   401 401 401 401 401 401 401 204 403 403 403 403 403 403 403 403 403 403 404 400
list_workflows              401 401 401 401 401 401 401 200 403 403 200 200 200 200 200 200 403 -   -   400
deploy_workflow             401 401 401 401 401 401 401 202 403 403 403 403 403 403 403 403 403 403 -   400
get_workflow                401 401 401 401 401 401 401 200 403 403 200 200 200 404 404 404 403 -   404 400
remove_workflow             401 401 401 401 401 401 401 202 403 403 403 403 403 403 403 403 403 403 404 400
trigger_workflow            401 401 401 401 401 401 401 202 403 403 403 403 403 403 403 403 403 403 404 400
pause_workflow              401 401 401 401 401 401 401 200 403 403 403 403 403 403 403 403 403 403 404 400
resume_workflow             401 401 401 401 401 401 401 200 403 403 403 403 403 403 403 403 403 403 404 400
redeploy_workflow           401 401 401 401 401 401 401 202 403 403 403 403 403 403 403 403 403 403 404 400
list_workflow_executions    401 401 401 401 401 401 401 200 403 403 200 200 200 404 404 404 403 -   404 400
receive_n8n_callback        200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401 400

# dashboards, audit
get_dashboard               401 401 401 401 401 401 401 200 403 403 200 200 200 200 200 200 403 -   -   400
list_audit_events           401 401 401 401 401 401 401 200 200 403 403 403 403 403 403 403 403 -   -   400
list_audit_areas            401 401 401 401 401 401 401 200 200 403 403 403 403 403 403 403 403 -   -   400
export_audit_events         401 401 401 401 401 401 401 200 200 403 403 403 403 403 403 403 403 -   -   400

# the local run's mailbox and clock: these routes exist in local and test only
list_local_mails            200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 -   -   400
advance_local_clock         200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 403 -   400
show_mailbox                200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 -   -   400
show_mail                   200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 -   404 400
show_letter                 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 -   404 400
get_mail_attachment         200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 -   404 400
get_local_style             200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 -   -   400
"""

#: Operations that cannot succeed, with the reason.
NEVER_SUCCEEDS = {
    "open_payfast_checkout": "on hold by the spec: answers 503 and nothing more",
    "receive_payfast_notice": "on hold by the spec: answers 503 and nothing more",
}
